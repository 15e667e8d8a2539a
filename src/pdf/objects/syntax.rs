//! The syntax of PDF objects (ISO 32000-1, 7.3), read from bytes.
//!
//! Comes in: bytes and a place in them. Goes out: a [`PdfValue`], or none where there is no well-formed
//! one. Nesting is bounded, and nothing is read twice, so that no bytes take long.

use std::collections::BTreeMap;

/// Lists and tables in each other, at most.
const DEEPEST: usize = 40;
/// Values in one object, at most: a value takes many times the memory of the two bytes that write it.
const MOST_VALUES: usize = 2_000_000;

/// A dictionary.
pub(in crate::pdf) type Dict = BTreeMap<Vec<u8>, PdfValue>;

/// An object.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::pdf) enum PdfValue {
    Null,
    Boolean(bool),
    Number(f64),
    Name(Vec<u8>),
    Text(Vec<u8>),
    List(Vec<PdfValue>),
    Dict(Dict),
    Reference(usize),
}

impl PdfValue {
    pub fn table(&self) -> Option<&Dict> {
        if let Self::Dict(table) = self { Some(table) } else { None }
    }

    pub fn list(&self) -> Option<&[PdfValue]> {
        if let Self::List(items) = self { Some(items) } else { None }
    }

    pub fn text(&self) -> Option<&[u8]> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub fn name(&self) -> Option<&[u8]> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }

    /// A whole number that is not negative.
    pub fn integer(&self) -> Option<usize> {
        match self {
            Self::Number(number) if (0.0..1e12).contains(number) && number.fract() == 0.0 => {
                Some(*number as usize)
            }
            _ => None,
        }
    }

    /// A text string (7.9.2.2) as words: UTF-16 with its mark, or ASCII.
    pub fn words(&self) -> Option<String> {
        let bytes = self.text()?;
        let Some(units) = bytes.strip_prefix(b"\xfe\xff") else {
            return bytes.is_ascii().then(|| String::from_utf8_lossy(bytes).into_owned());
        };
        let (pairs, rest) = units.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
        String::from_utf16(&units).ok().filter(|_| rest.is_empty())
    }
}

/// Reads objects.
pub(in crate::pdf) struct Parser<'b> {
    bytes: &'b [u8],
    at: usize,
    depth: usize,
    values: usize,
}

impl<'b> Parser<'b> {
    pub fn new(bytes: &'b [u8], at: usize) -> Self {
        Self { bytes, at, depth: 0, values: 0 }
    }

    /// How far it has read.
    pub fn place(&self) -> usize {
        self.at
    }

    /// Whether it gave up since there was too much.
    pub fn too_much(&self) -> bool {
        self.values > MOST_VALUES
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn skip_white(&mut self) {
        while self.peek().is_some_and(is_white) {
            self.at += 1;
        }
    }

    /// Steps over a word, if it comes next.
    pub fn word(&mut self, word: &[u8]) -> bool {
        self.skip_white();
        let found = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word));
        if found {
            self.at += word.len();
        }
        found
    }

    /// The place after the end of this line.
    pub fn after_line(&mut self) -> Option<usize> {
        if self.peek() == Some(b'\r') {
            self.at += 1;
        }
        (self.next()? == b'\n').then_some(self.at)
    }

    /// A whole number that is not negative.
    pub fn integer(&mut self) -> Option<usize> {
        self.skip_white();
        let rest = self.bytes.get(self.at..)?;
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = std::str::from_utf8(&rest[..digits]).ok()?.parse().ok()?;
        self.at += digits;
        Some(number)
    }

    /// The next object.
    pub fn value(&mut self) -> Option<PdfValue> {
        self.values += 1;
        if self.too_much() {
            return None;
        }
        self.skip_white();
        match self.peek()? {
            b'/' => {
                self.at += 1;
                self.name().map(PdfValue::Name)
            }
            b'(' => {
                self.at += 1;
                self.literal().map(PdfValue::Text)
            }
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                self.nested(Self::table)
            }
            b'<' => {
                self.at += 1;
                self.hexadecimal().map(PdfValue::Text)
            }
            b'[' => {
                self.at += 1;
                self.nested(Self::list)
            }
            b'0'..=b'9' => self.number_or_reference(),
            b'-' | b'+' | b'.' => self.number(),
            _ => [
                (&b"null"[..], PdfValue::Null),
                (b"true", PdfValue::Boolean(true)),
                (b"false", PdfValue::Boolean(false)),
            ]
            .into_iter()
            .find_map(|(word, value)| self.word(word).then_some(value)),
        }
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Option<PdfValue>) -> Option<PdfValue> {
        if self.depth >= DEEPEST {
            return None;
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn list(&mut self) -> Option<PdfValue> {
        let mut items = Vec::new();
        while !self.word(b"]") {
            items.push(self.value()?);
        }
        Some(PdfValue::List(items))
    }

    fn table(&mut self) -> Option<PdfValue> {
        let mut table = Dict::new();
        while !self.word(b">>") {
            let PdfValue::Name(key) = self.value()? else { return None };
            let value = self.value()?;
            table.insert(key, value);
        }
        Some(PdfValue::Dict(table))
    }

    fn name(&mut self) -> Option<Vec<u8>> {
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|b| !is_white(*b) && !b"()<>[]{}/%".contains(b)) {
            self.at += 1;
            if byte == b'#' {
                let digits = self.bytes.get(self.at..self.at + 2)?;
                name.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
                self.at += 2;
            } else {
                name.push(byte);
            }
        }
        Some(name)
    }

    fn hexadecimal(&mut self) -> Option<Vec<u8>> {
        let mut digits = Vec::new();
        loop {
            match self.next()? {
                b'>' => break,
                byte if is_white(byte) => {}
                byte => digits.push(u8::try_from(char::from(byte).to_digit(16)?).ok()?),
            }
        }
        if digits.len() % 2 == 1 {
            digits.push(0);
        }
        Some(digits.as_chunks::<2>().0.iter().map(|[high, low]| high << 4 | low).collect())
    }

    fn literal(&mut self) -> Option<Vec<u8>> {
        let mut text = Vec::new();
        let mut open = 0_usize;
        loop {
            match self.next()? {
                b')' if open == 0 => return Some(text),
                b'\\' => match self.next()? {
                    b'n' => text.push(b'\n'),
                    b'r' => text.push(b'\r'),
                    b't' => text.push(b'\t'),
                    b'b' => text.push(8),
                    b'f' => text.push(12),
                    first @ b'0'..=b'7' => {
                        let mut code = u32::from(first - b'0');
                        for _ in 0..2 {
                            let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                            self.at += 1;
                            code = code * 8 + u32::from(digit - b'0');
                        }
                        text.push((code & 0xff) as u8);
                    }
                    b'\n' => {}
                    other => text.push(other),
                },
                byte => {
                    open += usize::from(byte == b'(');
                    open -= usize::from(byte == b')');
                    text.push(byte);
                }
            }
        }
    }

    fn number_or_reference(&mut self) -> Option<PdfValue> {
        let start = self.at;
        if let Some(number) = self.integer()
            && self.peek().is_some_and(is_white)
            && self.integer() == Some(0)
            && self.word(b"R")
        {
            return Some(PdfValue::Reference(number));
        }
        self.at = start;
        self.number()
    }

    fn number(&mut self) -> Option<PdfValue> {
        let rest = self.bytes.get(self.at..)?;
        let length = rest.iter().take_while(|b| b.is_ascii_digit() || b"+-.".contains(b)).count();
        let number = std::str::from_utf8(&rest[..length]).ok()?.parse().ok()?;
        self.at += length;
        Some(PdfValue::Number(number))
    }
}

fn is_white(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(bytes: &[u8]) -> Option<PdfValue> {
        Parser::new(bytes, 0).value()
    }

    #[test]
    fn objects_are_read_as_they_are_written() {
        let table = value(b"<</A 1/B[2 0 R-3.5(a\\(b\\)\\101)<4a4>]/C#20D null/E<</F true>>>>").unwrap();
        let table = table.table().unwrap();
        let text = |bytes: &[u8]| PdfValue::Text(bytes.to_vec());
        let list = [PdfValue::Reference(2), PdfValue::Number(-3.5), text(b"a(b)A"), text(b"J@")];
        assert_eq!(table[&b"B"[..]].list(), Some(&list[..]));
        assert_eq!((table[&b"A"[..]].integer(), &table[&b"C D"[..]]), (Some(1), &PdfValue::Null));
        assert_eq!(text(b"\xfe\xff\0\xe9").words().as_deref(), Some("é"));
    }

    #[test]
    fn every_kind_of_object_is_read_in_every_spelling() {
        let text = |bytes: &[u8]| Some(PdfValue::Text(bytes.to_vec()));
        let name = |bytes: &[u8]| Some(PdfValue::Name(bytes.to_vec()));
        let number = |number: f64| Some(PdfValue::Number(number));
        // White space (7.2.2) parts what it stands between, and means nothing in strings of hexadecimal digits.
        for white in [0, b'\t', b'\n', 12, b'\r', b' '] {
            let put = |parts: [&[u8]; 4]| parts.join(&white);
            assert_eq!(value(&put([b"", b"<4a", b"4", b"b>"])), text(b"J\x4b"), "{white}");
            let list = value(&put([b"[", b"7", b"0", b"R]"]));
            assert_eq!(list, Some(PdfValue::List(vec![PdfValue::Reference(7)])), "{white}");
            let list = value(&put([b"[/A", b"1", b"2", b"3]"])).expect("a list");
            assert_eq!(list.list().map(<[PdfValue]>::len), Some(4), "{white}");
        }
        for (written, read) in [
            (&b"<>"[..], text(b"")),
            (b"<4>", text(b"@")),
            (b"<41 5>", text(b"AP")),
            (b"<fFaA09>", text(b"\xff\xaa\x09")),
            (b"()", text(b"")),
            (b"(a(b(c))d)", text(b"a(b(c))d")),
            (b"(\\n\\r\\t\\b\\f\\(\\)\\\\\\x)", text(b"\n\r\t\x08\x0c()\\x")),
            (b"(a\\\nb)", text(b"ab")),
            // Octal digits, three at most (7.3.4.2); what is beyond a byte falls away.
            (b"(\\0\\53\\053\\0533\\401\\8)", text(b"\0++\x2b3\x018")),
            (b"/", name(b"")),
            (b"/A.b-c_1*", name(b"A.b-c_1*")),
            (b"/A#42#2f", name(b"AB/")),
            (b"/A/B", name(b"A")),
            (b"/A(x)", name(b"A")),
            (b"/A%", name(b"A")),
            (b"/A]", name(b"A")),
            (b"null", Some(PdfValue::Null)),
            (b"true", Some(PdfValue::Boolean(true))),
            (b"false", Some(PdfValue::Boolean(false))),
            (b"0", number(0.0)),
            (b"12", number(12.0)),
            (b"+1.5", number(1.5)),
            (b"-.5", number(-0.5)),
            (b"4.", number(4.0)),
            // No references: another generation, and what only begins like one.
            (b"1 1 R", number(1.0)),
            (b"1 0 X", number(1.0)),
            (b"1.5 0 R", number(1.5)),
            (b"<<>>", Some(PdfValue::Dict(Dict::new()))),
            (b"[[[]]]", Some(PdfValue::List(vec![PdfValue::List(vec![PdfValue::List(Vec::new())])]))),
        ] {
            assert_eq!(value(written), read, "{}", String::from_utf8_lossy(written));
        }
        // As deep as it may be, and one deeper; what is closed again does not count.
        let deep = |depth: usize| [b"[".repeat(depth), b"]".repeat(depth)].concat();
        assert!(value(&deep(DEEPEST)).is_some() && value(&deep(DEEPEST + 1)).is_none());
        assert!(value(&[b"[", &b"[]".repeat(100)[..], b"]"].concat()).is_some());
    }

    #[test]
    fn values_are_what_they_are_asked_for_and_nothing_else() {
        let all = [&b"null"[..], b"true", b"5", b"/N", b"(T)", b"[1]", b"<</A 1>>", b"1 0 R"]
            .map(|v| value(v).unwrap());
        let which = |is: fn(&PdfValue) -> bool| {
            let places = all.iter().enumerate().filter(|(_, value)| is(value));
            places.map(|(place, _)| place).collect::<Vec<_>>()
        };
        assert_eq!(which(|v| v.integer() == Some(5)), [2]);
        assert_eq!(which(|v| v.name() == Some(b"N")), [3]);
        assert_eq!(which(|v| v.text() == Some(b"T")), [4]);
        assert_eq!(which(|v| v.words().as_deref() == Some("T")), [4]);
        assert_eq!(which(|v| v.list().is_some_and(|list| list.len() == 1)), [5]);
        assert_eq!(which(|v| v.table().is_some_and(|table| table.len() == 1)), [6]);
        assert!(all.iter().filter(|value| value.integer().is_some()).count() == 1);
        for (number, whole) in [
            (0.0, Some(0)),
            (-1.0, None),
            (1.5, None),
            (999_999_999_999.0, Some(999_999_999_999)),
            (1e12, None),
        ] {
            assert_eq!(PdfValue::Number(number).integer(), whole, "{number}");
        }
        // UTF-16 with its mark, whole; else ASCII.
        for (bytes, words) in [
            (&b"\xfe\xff"[..], Some("")),
            (b"\xfe\xff\xd8\x3d\xde\x00", Some("\u{1f600}")),
            (b"\xfe\xff\xd8\x3d", None),
            (b"\xfe\xff\0a\0", None),
            (b"a\xe9", None),
        ] {
            assert_eq!(PdfValue::Text(bytes.to_vec()).words().as_deref(), words, "{bytes:?}");
        }
    }

    #[test]
    fn the_end_of_a_line_is_found_behind_one_or_two_signs() {
        for (bytes, after) in [
            (&b"\nx"[..], Some(1)),
            (b"\r\nx", Some(2)),
            (b"\rx", None),
            (b"x\n", None),
            (b"", None),
            (b"\r", None),
        ] {
            let mut parser = Parser::new(bytes, 0);
            assert_eq!(parser.after_line(), after, "{bytes:?}");
        }
        let mut parser = Parser::new(b"  12 stream 7", 0);
        assert_eq!(
            (parser.integer(), parser.word(b"endobj"), parser.word(b"stream")),
            (Some(12), false, true)
        );
        assert_eq!(
            (parser.place(), parser.integer(), parser.place(), parser.integer()),
            (11, Some(7), 13, None)
        );
    }

    #[test]
    fn broken_and_endless_ones_are_none() {
        for bytes in [&b""[..], b"<<", b"[1", b"(a", b"<4", b"<<1 2>>", b"/A#4", b"x", b"<4x>"] {
            assert_eq!(value(bytes), None, "{bytes:?}");
        }
        assert_eq!(value(&b"[".repeat(100_000)), None);
    }

    /// Two bytes write a value that takes sixteen times as many.
    #[test]
    fn one_object_holds_no_more_values_than_are_bearable() {
        let of = |count: usize| [b"[", &b"0 ".repeat(count)[..], b"]"].concat();
        assert!(value(&of(MOST_VALUES - 1)).is_some());
        let bytes = of(MOST_VALUES);
        let mut parser = Parser::new(&bytes, 0);
        assert!(parser.value().is_none() && parser.too_much());
    }
}
