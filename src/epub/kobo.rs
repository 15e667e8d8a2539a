//! XHTML → XHTML as Kobo's readers want it.
//!
//! Comes in: a content document of ours. Goes out: the same with a mark around every sentence and every
//! picture, numbered by paragraph and sentence (`kobo.3.1`), inside two divisions that Kobo's own style
//! sheet addresses. These readers keep the place, highlights and reading times by such marks, and turn
//! pages faster with them. What is not shown, and preformatted text, is left as it is.

use super::Dialect;

impl Dialect {
    /// A content document in this dialect.
    pub(super) fn of(self, text: String) -> String {
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
    marks.out.push_str("<div id=\"book-columns\"><div id=\"book-inner\">\n");
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
            } else if hidden.is_none() && (name == "pre" || tag.contains(" hidden=")) {
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
        if text.trim().is_empty() {
            return self.out.push_str(text);
        }
        let mut rest = text;
        while !rest.is_empty() {
            let (sentence, after) = rest.split_at(sentence_end(rest));
            self.mark(sentence);
            rest = after;
        }
    }

    fn mark(&mut self, what: &str) {
        if self.sentence == 0 {
            self.paragraph += 1;
        }
        self.sentence += 1;
        let (paragraph, sentence) = (self.paragraph, self.sentence);
        self.out.push_str(&format!("<span class=\"koboSpan\" id=\"kobo.{paragraph}.{sentence}\">"));
        self.out.push_str(what);
        self.out.push_str("</span>");
    }
}

/// Where the first sentence of a text ends, with the spaces after it: before what does not begin with a small
/// letter. A few letters are no sentence: they
/// go with the next one.
fn sentence_end(text: &str) -> usize {
    let mut ended = false;
    let mut closed = false;
    for (at, c) in text.char_indices() {
        let space = c.is_whitespace();
        if closed && !space && !c.is_lowercase() && at > 2 && text[at..].trim().chars().count() > 2 {
            return at;
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
        assert_eq!(sentence_end("One. Two."), 5);
        assert_eq!(sentence_end("“Why?” she asked. No."), "“Why?” she asked. ".len());
        assert_eq!(sentence_end("3.5 loaves. More."), 12);
        assert_eq!(sentence_end("All of it"), 9);
        assert_eq!(sentence_end("What ! Encore"), 7);
    }
}
