//! What the colours mean: an output intent with an ICC profile made here.
//!
//! Goes out: the `OutputIntents` entry of the catalogue (PDF/A, ISO 19005-2, 6.2.3), and a profile of a few
//! hundred bytes that no one owns: it holds nothing but the numbers that IEC 61966-2-1 (sRGB) publishes. A
//! file that has nothing but gray gets a gray profile with the same curve, so that nothing in it counts as
//! colour; one with coloured pictures gets sRGB. Numbers as ICC.1:2004-10 (profile version 4.2) lays them
//! out.

use lopdf::{Dictionary, Document, Object, dictionary};

use super::objects::file::{compressed, deflate};

/// What the device that a file is made for can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Device {
    /// One ink, or a gray screen.
    Gray,
    /// A screen, or a press that is told in red, green and blue.
    Rgb,
}

/// The white of the space in which profiles meet (D50), in 1/65536 (ICC.1:2004-10, 7.2.16).
const D50: [i32; 3] = [0xF6D6, 0x1_0000, 0xD32D];
/// sRGB's primaries, adapted from D65 to D50 by the Bradford matrix.
const PRIMARIES: [(&[u8; 4], [i32; 3]); 3] = [
    (b"rXYZ", [0x6FA2, 0x38F5, 0x0390]),
    (b"gXYZ", [0x6299, 0xB785, 0x18DA]),
    (b"bXYZ", [0x24A0, 0x0F84, 0xB6CF]),
];
/// That matrix, by rows.
const ADAPTATION: [i32; 9] = [0x1_0C42, 0x05DE, -0x0CDB, 0x0793, 0xFD90, -0x045F, -0x025E, 0x03DC, 0xC06E];
/// sRGB's curve: γ, then a, b, c, d of (aX + b)^γ, and of cX below d.
const CURVE: [i32; 5] = [0x2_6666, 0xF2A7, 0x0D59, 0x13D0, 0x0A5B];

/// Adds profile and intent; gives what the catalogue holds.
pub(super) fn intents(document: &mut Document, device: Device) -> Object {
    let (components, name) = match device {
        Device::Gray => (1, "Gray with the sRGB curve"),
        Device::Rgb => (3, "sRGB IEC61966-2.1"),
    };
    let dictionary = dictionary! { "N" => components };
    let profile = document.add_object(compressed(dictionary, deflate(&profile(device, name))));
    let intent: Dictionary = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal(name),
        "Info" => Object::string_literal(name),
        "DestOutputProfile" => profile,
    };
    vec![intent.into()].into()
}

/// The profile: a header, a table of tags, what they hold.
fn profile(device: Device, name: &str) -> Vec<u8> {
    let curve = numbers(b"para", &[3 << 16], &CURVE);
    let mut tags: Vec<(&[u8; 4], Vec<u8>)> = vec![
        (b"desc", text(name)),
        (b"cprt", text("No copyright, use freely")),
        (b"wtpt", numbers(b"XYZ ", &[], &D50)),
    ];
    match device {
        Device::Gray => tags.push((b"kTRC", curve)),
        Device::Rgb => {
            tags.push((b"chad", numbers(b"sf32", &[], &ADAPTATION)));
            tags.extend(PRIMARIES.map(|(tag, xyz)| (tag, numbers(b"XYZ ", &[], &xyz))));
            tags.extend([b"rTRC", b"gTRC", b"bTRC"].map(|tag| (tag, curve.clone())));
        }
    }
    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let mut data: Vec<u8> = Vec::new();
    let start = 128 + 4 + 12 * tags.len();
    // Tags that hold the same share it.
    let mut placed: Vec<(&[u8], usize)> = Vec::new();
    for (tag, content) in &tags {
        let at = placed.iter().find(|(known, _)| known == content).map(|(_, at)| *at).unwrap_or_else(|| {
            let at = start + data.len();
            data.extend_from_slice(content);
            data.resize(data.len().next_multiple_of(4), 0);
            placed.push((content, at));
            at
        });
        table.extend_from_slice(*tag);
        table.extend_from_slice(&(at as u32).to_be_bytes());
        table.extend_from_slice(&(content.len() as u32).to_be_bytes());
    }
    let space = match device {
        Device::Gray => b"GRAY",
        Device::Rgb => b"RGB ",
    };
    let mut profile = ((start + data.len()) as u32).to_be_bytes().to_vec();
    profile.extend_from_slice(&[0; 4]);
    profile.extend_from_slice(&0x0420_0000_u32.to_be_bytes());
    profile.extend_from_slice(b"mntr");
    profile.extend_from_slice(space);
    profile.extend_from_slice(b"XYZ ");
    // The day that sRGB's standard came out: a date must stand here, and no clock is read.
    for part in [1999_u16, 10, 18, 0, 0, 0] {
        profile.extend_from_slice(&part.to_be_bytes());
    }
    profile.extend_from_slice(b"acsp");
    profile.resize(68, 0);
    for part in D50 {
        profile.extend_from_slice(&part.to_be_bytes());
    }
    profile.resize(128, 0);
    profile.extend_from_slice(&table);
    profile.extend_from_slice(&data);
    profile
}

/// A tag of numbers in 1/65536, after what its type puts before them.
fn numbers(kind: &[u8; 4], before: &[u32], numbers: &[i32]) -> Vec<u8> {
    let mut tag = kind.to_vec();
    tag.extend_from_slice(&[0; 4]);
    tag.extend(before.iter().flat_map(|number| number.to_be_bytes()));
    tag.extend(numbers.iter().flat_map(|number| number.to_be_bytes()));
    tag
}

/// A tag of words, in English (`mluc`).
fn text(words: &str) -> Vec<u8> {
    let units: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut tag = b"mluc\0\0\0\0".to_vec();
    for part in [1, 12] {
        tag.extend_from_slice(&u32::to_be_bytes(part));
    }
    tag.extend_from_slice(b"enUS");
    for part in [units.len() as u32, 28] {
        tag.extend_from_slice(&part.to_be_bytes());
    }
    tag.extend_from_slice(&units);
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_as_long_as_it_says_and_its_tags_lie_in_it() {
        for device in [Device::Gray, Device::Rgb] {
            let profile = profile(device, "name");
            let word = |at: usize| u32::from_be_bytes(profile[at..at + 4].try_into().unwrap()) as usize;
            assert_eq!(word(0), profile.len());
            assert_eq!(&profile[36..40], b"acsp");
            for tag in 0..word(128) {
                let (at, length) = (word(136 + 12 * tag), word(140 + 12 * tag));
                assert!(at % 4 == 0 && at >= 132 + 12 * word(128) && at + length <= profile.len());
            }
        }
    }

    #[test]
    fn white_is_white() {
        for (axis, white) in D50.iter().enumerate() {
            let sum: i32 = PRIMARIES.iter().map(|(_, xyz)| xyz[axis]).sum();
            // The published numbers have five digits; eight bits of colour are told apart by 250 and more.
            assert!((sum - white).abs() <= 16, "{sum:x} is not {white:x}");
        }
        // The curve is whole and does not jump at the joint.
        let [gamma, a, b, c, d] = CURVE.map(|number| f64::from(number) / 65_536.0);
        assert!(((a + b).powf(gamma) - 1.0).abs() < 1e-4);
        assert!(((a * d + b).powf(gamma) - c * d).abs() < 1e-4);
    }
}
