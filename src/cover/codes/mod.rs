//! Codes at the foot of the back cover: the bar code of the trade, and the address as squares.

pub(super) mod ean;
pub(super) mod qr;
