//! XHTML → XHTML as Kobo's readers want it.
//!
//! Comes in: a content document of ours. Goes out: the same with a mark around every sentence and every
//! picture, numbered by paragraph and sentence (`kobo.3.1`), inside two divisions that Kobo's own style
//! sheet addresses. These readers keep the place, highlights and reading times by such marks, and turn
//! pages faster with them. What is not shown, and preformatted text, is left as it is. The ids that are added
//! here are kept free by [`Dialect::takes`], which the plan of all other ids asks.

use crate::epub::Dialect;

/// Ids of the two divisions, outer and inner.
const DIVISIONS: [&str; 2] = ["book-columns", "book-inner"];
/// What ids of marks begin with.
const MARK: &str = "kobo.";

impl Dialect {
    /// Whether this dialect adds ids like this one.
    pub(in crate::epub) fn takes(self, id: &str) -> bool {
        match self {
            Self::Plain => false,
            Self::Kobo => id.starts_with(MARK) || DIVISIONS.contains(&id),
        }
    }

    /// A content document in this dialect.
    pub(in crate::epub) fn of(self, text: String) -> String {
        match self {
            Self::Plain => text,
            Self::Kobo => marked(&text),
        }
    }
}

/// Elements that begin a new paragraph of marks.
const PARAGRAPHS: [&str; 18] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "dt",
    "dd",
    "td",
    "th",
    "figcaption",
    "blockquote",
    "div",
    "section",
    "figure",
    "pre",
];

fn marked(page: &str) -> String {
    const BODY: &str = "<body>\n";
    let Some((head, rest)) = page.split_once(BODY) else { return page.to_owned() };
    let Some((body, tail)) = rest.rsplit_once("</body>") else { return page.to_owned() };
    let mut marks = Marks { out: String::with_capacity(page.len() * 2), paragraph: 0, sentence: 0 };
    marks.out.push_str(head);
    marks.out.push_str(BODY);
    let [outer, inner] = DIVISIONS;
    marks.out.push_str(&format!("<div id=\"{outer}\"><div id=\"{inner}\">\n"));
    marks.body(body);
    marks.out.push_str("</div></div>\n</body>");
    marks.out.push_str(tail);
    marks.out
}

struct Marks {
    out: String,
    paragraph: u32,
    sentence: u32,
}

impl Marks {
    /// Goes through markup of our own making: every `<` begins a tag, every tag ends at the next `>`.
    fn body(&mut self, body: &str) {
        let mut rest = body;
        // Elements in which nothing is marked, that are open.
        let mut hidden: Option<&str> = None;
        while let Some(start) = rest.find('<') {
            let (text, from) = rest.split_at(start);
            let Some(end) = from.find('>') else { break };
            let (tag, after) = from.split_at(end + 1);
            rest = after;
            if hidden.is_some() {
                self.out.push_str(text);
            } else {
                self.sentences(text);
            }
            let inner = tag.trim_start_matches(['<', '/']);
            let name = &inner[..inner.find([' ', '/', '>']).unwrap_or(inner.len())];
            if tag.starts_with("</") {
                hidden = hidden.filter(|open| *open != name);
            } else if hidden.is_none() && (name == "pre" || tag.contains(" hidden=\"hidden\"")) {
                hidden = Some(name);
            } else if PARAGRAPHS.contains(&name) {
                self.sentence = 0;
            }
            if name == "img" && hidden.is_none() {
                self.mark(tag);
            } else {
                self.out.push_str(tag);
            }
        }
        self.out.push_str(rest);
    }

    fn sentences(&mut self, text: &str) {
        let words = text.trim_end().len();
        if words == 0 {
            return self.out.push_str(text);
        }
        let mut from = 0;
        while from < text.len() {
            let end = sentence_end(text, from, words);
            self.mark(&text[from..end]);
            from = end;
        }
    }

    fn mark(&mut self, what: &str) {
        if self.sentence == 0 {
            self.paragraph += 1;
        }
        self.sentence += 1;
        let (paragraph, sentence) = (self.paragraph, self.sentence);
        self.out.push_str(&format!("<span class=\"koboSpan\" id=\"{MARK}{paragraph}.{sentence}\">"));
        self.out.push_str(what);
        self.out.push_str("</span>");
    }
}

/// Where the sentence that begins at `from` ends, with the spaces after it: before what does not begin with a
/// small letter. A few letters are no sentence: they go with the one before. `words` is where the text has no
/// more than spaces. No character is looked at more than a few times, however long the text is.
fn sentence_end(text: &str, from: usize, words: usize) -> usize {
    let mut ended = false;
    let mut closed = false;
    for (at, c) in text[from..].char_indices() {
        let space = c.is_whitespace();
        let next = from + at;
        if closed && !space && !c.is_lowercase() && at > 2 && text[next..words].chars().nth(2).is_some() {
            return next;
        }
        closed = (closed || ended) && space;
        ended = matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔')
            || (ended && (matches!(c, '”' | '’' | '»' | ')' | ']' | '“' | '"') || space));
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_and_pictures_are_marked_paragraph_by_paragraph() {
        let page = "<html>\n<body>\n<h1>Why</h1>\n<p>One. “Two!” <em>Three</em> &amp; four?</p>\n<pre><code>a. b. c.</code></pre>\n<figure>\n  <img src=\"a.png\" alt=\"\"/>\n</figure>\n<nav hidden=\"hidden\"><a>No. No.</a></nav>\n</body>\n</html>\n";
        let want = "<html>\n<body>\n<div id=\"book-columns\"><div id=\"book-inner\">\n<h1><span class=\"koboSpan\" id=\"kobo.1.1\">Why</span></h1>\n<p><span class=\"koboSpan\" id=\"kobo.2.1\">One. </span><span class=\"koboSpan\" id=\"kobo.2.2\">“Two!” </span><em><span class=\"koboSpan\" id=\"kobo.2.3\">Three</span></em><span class=\"koboSpan\" id=\"kobo.2.4\"> &amp; four?</span></p>\n<pre><code>a. b. c.</code></pre>\n<figure>\n  <span class=\"koboSpan\" id=\"kobo.3.1\"><img src=\"a.png\" alt=\"\"/></span>\n</figure>\n<nav hidden=\"hidden\"><a>No. No.</a></nav>\n</div></div>\n</body>\n</html>\n";
        assert_eq!(marked(page), want);
    }

    #[test]
    fn sentences_end_where_one_would_pause() {
        let sentence_end = |text: &str| sentence_end(text, 0, text.trim_end().len());
        assert_eq!(sentence_end("One. Two."), 5);
        assert_eq!(sentence_end("“Why?” she asked. No."), "“Why?” she asked. ".len());
        assert_eq!(sentence_end("3.5 loaves. More."), 12);
        assert_eq!(sentence_end("All of it"), 9);
        assert_eq!(sentence_end("What ! Encore"), 7);
        assert_eq!(sentence_end("One. II.  "), 5);
        assert_eq!(sentence_end("One. I.  "), 9);
    }

    #[test]
    fn a_paragraph_of_a_book_is_marked_in_one_walk() {
        // Half a million sentences: to look from each to the end of the text would take hours.
        let text = "Ab. ".repeat(500_000);
        let marked = marked(&format!("<body>\n<p>{text}</p>\n</body>"));
        assert_eq!(marked.matches("koboSpan").count(), 500_000);
        let spaces = format!("<body>\n<p>{}A. B{}</p>\n</body>", "Ab. ".repeat(1000), " ".repeat(500_000));
        assert_eq!(super::marked(&spaces).matches("koboSpan").count(), 1001);
    }

    #[test]
    fn words_in_attributes_hide_nothing() {
        let page = "<body>\n<p><img src=\"a.png\" alt=\"a hidden=b\"/></p>\n<p>Two.</p>\n</body>";
        assert_eq!(marked(page).matches("koboSpan").count(), 2);
    }

    #[test]
    fn every_id_that_is_added_is_kept_free() {
        let page = "<body>\n<p>One. Two.</p>\n<p>Three.</p>\n</body>";
        let marked = marked(page);
        let ids: Vec<&str> =
            marked.split(" id=\"").skip(1).filter_map(|part| part.split('"').next()).collect();
        assert_eq!(ids.len(), 5);
        assert!(ids.iter().all(|id| Dialect::Kobo.takes(id) && !Dialect::Plain.takes(id)), "{ids:?}");
    }
}
