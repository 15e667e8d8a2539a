//! The samples of a pixel, and ink over them.

/// A colour as samples; equal for gray.
pub(super) type Samples = [u8; 3];

/// Lays ink over a sample, so much of it as is covered.
#[inline]
pub(super) fn mix(sample: &mut u8, ink: u8, cover: f32) {
    let under = f32::from(*sample);
    *sample = (under + (f32::from(ink) - under) * cover + 0.5) as u8;
}
