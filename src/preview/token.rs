//! The key in the address: only who was given the address gets in.
//!
//! Comes in: random bytes, drawn by `cli`. Goes out: a [`Token`], which stands in the address as its first
//! part, and says of what somebody else wrote there whether it is the same. Every account of a computer can
//! connect to its ports; a key in the address shuts out all but those who can read the terminal. As a part
//! of the path, and not a cookie or a query, everything that the page asks for carries it by being relative
//! to the page, nothing is stored, and no other port of this computer is sent it.

use std::fmt::{self, Write};
use std::hint::black_box;

/// What only the person who started the preview knows.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Of so many random bytes: 128 bits, more than can be tried.
    pub fn new(random: [u8; 16]) -> Self {
        Self(random.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        }))
    }

    /// As it stands in the address.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is what was given. It takes as long for any other token, so that nobody learns from the
    /// time how much of a guess is right.
    pub(super) fn is(&self, given: &str) -> bool {
        let (own, given) = (self.0.as_bytes(), given.as_bytes());
        let differs = own.iter().zip(given).fold(0, |differs, (a, b)| black_box(differs | (a ^ b)));
        own.len() == given.len() && black_box(differs) == 0
    }
}

/// Not shown in messages about what went wrong.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_token_is_the_token() {
        let token = Token::new([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255]);
        assert_eq!(token.as_str(), "000102030405060708090a0b0c0d0eff");
        assert!(token.is("000102030405060708090a0b0c0d0eff"));
        for other in [
            "",
            "0",
            "000102030405060708090a0b0c0d0ef",
            "000102030405060708090a0b0c0d0efe",
            "100102030405060708090a0b0c0d0eff",
            "000102030405060708090a0b0c0d0eff0",
            "000102030405060708090A0B0C0D0EFF",
        ] {
            assert!(!token.is(other), "{other}");
        }
        assert!(!format!("{token:?}").contains("0f"));
    }
}
