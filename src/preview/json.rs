//! JSON, as far as the page needs it (RFC 8259).

use std::fmt::{Display, Write};

/// Text being written; commas put themselves.
#[derive(Debug, Default)]
pub(super) struct Json {
    text: String,
}

impl Json {
    /// The text.
    pub(super) fn finish(self) -> String {
        self.text
    }

    fn comma(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(['{', '[', ':']) {
            self.text.push(',');
        }
    }

    /// The name of a member; its value comes next.
    pub(super) fn name(&mut self, name: &str) -> &mut Self {
        self.string(name);
        self.text.push(':');
        self
    }

    /// A string.
    pub(super) fn string(&mut self, value: &str) {
        self.comma();
        self.text.push('"');
        for c in value.chars() {
            match c {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\0'..='\u{1f}' | '\u{7f}' | '\u{2028}' | '\u{2029}' => {
                    let _ = write!(self.text, "\\u{:04x}", u32::from(c));
                }
                _ => self.text.push(c),
            }
        }
        self.text.push('"');
    }

    /// A number, `true`, `false` or `null`.
    pub(super) fn plain(&mut self, value: impl Display) {
        self.comma();
        let _ = write!(self.text, "{value}");
    }

    /// A list.
    pub(super) fn list<T>(&mut self, items: impl IntoIterator<Item = T>, mut each: impl FnMut(&mut Self, T)) {
        self.comma();
        self.text.push('[');
        for item in items {
            each(self, item);
        }
        self.text.push(']');
    }

    /// Members with names.
    pub(super) fn object(&mut self, put: impl FnOnce(&mut Self)) {
        self.comma();
        self.text.push('{');
        put(self);
        self.text.push('}');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_cannot_end_early_and_commas_stand_between() {
        let mut json = Json::default();
        json.object(|json| {
            json.name("a\"\\\n\u{2028}").string("\u{1}é");
            json.name("list").list([1, 2], |json, n| json.plain(n));
            json.name("empty").list(Vec::<u8>::new(), |json, n| json.plain(n));
            json.name("none").plain("null");
            json.name("in").object(|json| json.name("x").plain(true));
        });
        let expected =
            r#"{"a\"\\\u000a\u2028":"\u0001é","list":[1,2],"empty":[],"none":null,"in":{"x":true}}"#;
        assert_eq!(json.finish(), expected);
    }
}
