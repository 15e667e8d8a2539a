//! Why a request is not answered.

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Denial {
    /// It is no request that a browser sends.
    Malformed,
    /// It comes from another page, or in its name.
    Foreign,
    /// It does not have the token.
    Locked,
    /// There is nothing at this path.
    NotFound,
    /// Only looking is allowed.
    Method,
    /// It took too long.
    Slow,
    /// It is for another host.
    Misdirected,
    /// Its head is too large.
    TooLarge,
    /// It is in a version of HTTP that no browser has used for long.
    Version,
}
