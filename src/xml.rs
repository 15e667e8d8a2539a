//! XML that is well formed by construction: names are the program's own, and whatever anybody wrote is escaped.
//!
//! Comes in: elements, attributes and text, one after another, and where lines begin. Goes out: the document. Nothing
//! can be written but through [`Xml`], which escapes every text and every attribute's value, and ends elements in the
//! order in which they were opened. Characters that cannot be written at all are left out: those that XML 1.0 forbids
//! (§2.2), and where browsers read the same document, those that HTML calls errors (C1 controls, noncharacters).

/// Who reads a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Parsers of XML.
    Xml,
    /// These, and parsers of HTML.
    XmlAndHtml,
}

/// A document that is being written.
#[derive(Debug)]
pub struct Xml {
    out: String,
    readers: Readers,
    /// The elements that are open, outermost first.
    open: Vec<&'static str>,
    /// Whether the last of them still takes attributes.
    in_tag: bool,
    /// How far lines are indented, in steps.
    depth: usize,
}

impl Xml {
    /// A document with nothing in it.
    pub fn new(readers: Readers) -> Self {
        Self { out: String::with_capacity(8192), readers, open: Vec::new(), in_tag: false, depth: 0 }
    }

    /// A document that begins with its declaration.
    pub fn declared(readers: Readers) -> Self {
        let mut xml = Self::new(readers);
        xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml
    }

    /// The document. All elements must have ended.
    pub fn finish(self) -> String {
        debug_assert!(self.open.is_empty(), "{:?} never ended", self.open);
        self.out
    }

    /// Markup that is the same in every document.
    pub fn raw(&mut self, markup: &'static str) {
        self.end_tag();
        self.out.push_str(markup);
    }

    /// Begins a line.
    pub fn indent(&mut self) {
        self.end_tag();
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
    }

    /// Ends a line.
    pub fn newline(&mut self) {
        self.end_tag();
        self.out.push('\n');
    }

    /// Ends a line; those that follow are one step further in.
    pub fn deeper(&mut self) {
        self.newline();
        self.depth += 1;
    }

    /// Lines that follow are one step further out.
    pub fn shallower(&mut self) {
        debug_assert!(self.depth > 0, "no line is further out");
        self.depth = self.depth.saturating_sub(1);
    }

    /// Opens an element. What follows at once may be its attributes.
    pub fn start(&mut self, name: &'static str) -> &mut Self {
        self.end_tag();
        self.out.push('<');
        self.out.push_str(name);
        self.open.push(name);
        self.in_tag = true;
        self
    }

    /// An attribute of the element that was opened last.
    pub fn attribute(&mut self, name: &'static str, value: &str) -> &mut Self {
        debug_assert!(self.in_tag, "`{name}` comes after its element's content");
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        // Line ends and tabs become spaces, as XML parsers would make them.
        push(&mut self.out, value, |c| match c {
            '&' => Some("&amp;"),
            '<' => Some("&lt;"),
            '>' => Some("&gt;"),
            '"' => Some("&quot;"),
            '\t' | '\n' => Some(" "),
            c if allowed(c, self.readers) => None,
            _ => Some(""),
        });
        self.out.push('"');
        self
    }

    /// Attributes of it.
    pub fn attributes(&mut self, attributes: &[(&'static str, &str)]) -> &mut Self {
        for (name, value) in attributes {
            self.attribute(name, value);
        }
        self
    }

    /// Text in the element that is open.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.end_tag();
        match self.readers {
            Readers::XmlAndHtml => push(&mut self.out, text, |c| match c {
                '&' => Some("&amp;"),
                '<' => Some("&lt;"),
                '>' => Some("&gt;"),
                c if allowed(c, Readers::XmlAndHtml) => None,
                _ => Some(""),
            }),
            Readers::Xml => push(&mut self.out, text, |c| match c {
                '&' => Some("&amp;"),
                '<' => Some("&lt;"),
                '>' => Some("&gt;"),
                '"' => Some("&quot;"),
                c if allowed(c, Readers::Xml) => None,
                _ => Some(""),
            }),
        }
        self
    }

    /// Ends the element that was opened last, by a tag of its own: parsers of HTML would not end it by a slash.
    pub fn end(&mut self) -> &mut Self {
        self.end_tag();
        debug_assert!(!self.open.is_empty(), "no element is open");
        if let Some(name) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
        self
    }

    /// Ends the element that was opened last and has no content, by a slash.
    pub fn void(&mut self) -> &mut Self {
        debug_assert!(self.in_tag, "it has content");
        self.open.pop();
        self.in_tag = false;
        self.out.push_str("/>");
        self
    }

    /// A whole element with text in it.
    pub fn element(
        &mut self,
        name: &'static str,
        attributes: &[(&'static str, &str)],
        text: &str,
    ) -> &mut Self {
        self.start(name).attributes(attributes).text(text).end()
    }

    /// A line that opens an element; those that follow are in it.
    pub fn open(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) {
        self.indent();
        self.start(name).attributes(attributes);
        self.deeper();
    }

    /// A line that ends the element that was opened last.
    pub fn close(&mut self) {
        self.shallower();
        self.indent();
        self.end();
        self.newline();
    }

    /// A line that is an element with text in it.
    pub fn line(&mut self, name: &'static str, attributes: &[(&'static str, &str)], text: &str) {
        self.indent();
        self.element(name, attributes, text);
        self.newline();
    }

    /// A line that is an element without content.
    pub fn void_line(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) {
        self.indent();
        self.start(name).attributes(attributes).void();
        self.newline();
    }

    fn end_tag(&mut self) {
        if std::mem::take(&mut self.in_tag) {
            self.out.push('>');
        }
    }
}

/// The bytes that are characters and stand for themselves everywhere.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = b' ';
    while byte <= b'~' {
        plain[byte as usize] = !matches!(byte, b'&' | b'<' | b'>' | b'"');
        byte += 1;
    }
    plain
};

/// Appends text, with what stands in the place of some characters; the rest piece by piece.
fn push(out: &mut String, text: &str, instead: impl Fn(char) -> Option<&'static str>) {
    let (mut from, mut at) = (0, 0);
    while let Some(&byte) = text.as_bytes().get(at) {
        if PLAIN[usize::from(byte)] {
            at += 1;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        if let Some(instead) = instead(c) {
            out.push_str(&text[from..at]);
            out.push_str(instead);
            from = at + c.len_utf8();
        }
        at += c.len_utf8();
    }
    out.push_str(&text[from..]);
}

/// Whether a character may be written at all.
fn allowed(c: char, readers: Readers) -> bool {
    match (readers, c) {
        (_, '\t' | '\n') | (Readers::Xml, '\r') => true,
        (_, '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}') => false,
        (Readers::Xml, _) => true,
        (Readers::XmlAndHtml, '\u{7f}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}') => false,
        (Readers::XmlAndHtml, _) => u32::from(c) & 0xfffe != 0xfffe,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(readers: Readers, text: &str) -> String {
        let mut xml = Xml::new(readers);
        xml.text(text);
        xml.finish()
    }

    #[test]
    fn markup_is_escaped_and_impossible_characters_are_left_out() {
        let both = text(Readers::XmlAndHtml, "a<b>&c\u{0}\u{c}d\u{fffe}é\u{85}");
        assert_eq!(both, "a&lt;b&gt;&amp;cdé");
        assert_eq!(text(Readers::Xml, "a<b>&\"\u{0}c"), "a&lt;b&gt;&amp;&quot;c");
        let mut xml = Xml::new(Readers::XmlAndHtml);
        xml.start("p").attribute("title", "say \"x\"\n<y>\u{1}").void();
        assert_eq!(xml.finish(), "<p title=\"say &quot;x&quot; &lt;y&gt;\"/>");
    }

    #[test]
    fn every_character_that_is_written_may_stand_in_xml() {
        for readers in [Readers::Xml, Readers::XmlAndHtml] {
            let every: String = (0..=0x1_ffff).filter_map(char::from_u32).collect();
            let written = text(readers, &every);
            // XML 1.0 (fifth edition), production 2.
            let may = |c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
            assert!(written.chars().all(may));
            assert!(!written.contains(['<', '>']));
        }
    }

    #[test]
    fn lines_are_indented_and_elements_end_in_order() {
        let mut xml = Xml::declared(Readers::Xml);
        xml.open("a", &[("k", "1")]);
        xml.line("b", &[], "x & y");
        xml.void_line("c", &[("k", "2"), ("l", "3")]);
        xml.indent();
        xml.start("d").end();
        xml.newline();
        xml.close();
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a k=\"1\">\n  <b>x &amp; y</b>\n  <c k=\"2\" \
                        l=\"3\"/>\n  <d></d>\n</a>\n";
        assert_eq!(xml.finish(), expected);
    }
}
