//! Colours of a picture's own colour space → sRGB.
//!
//! Comes in: pixels, and the ICC profile that the file carries (ICC.1:2022). Goes out: the same colours in
//! sRGB, which is what every reader and printer takes pixels without a profile for; so the profile, which
//! may name cameras, people and times, need not be kept. Profiles of cameras and screens are three curves
//! and a matrix; those made of tables, for presses, are rare in pictures and are left aside. Everything
//! after reading the profile is computed in whole numbers.

/// Parts of one in which light is computed.
const ONE: i64 = 1 << 20;
/// From the connection space (CIE XYZ under D50) to linear sRGB, in 1/10,000,000 (IEC 61966-2-1, adapted).
const TO_SRGB: [[i64; 3]; 3] = [
    [31_338_561, -16_168_667, -4_906_146],
    [-9_787_684, 19_161_415, 334_540],
    [719_453, -2_289_914, 14_052_427],
];
/// Steps of the table from light to samples: finer than a sample even in the shadows.
const STEPS: i64 = 1 << 14;

/// A way from a colour space to sRGB.
pub(super) struct Conversion {
    /// Light of each sample, for each channel, in parts of [`ONE`].
    light: [Vec<i64>; 3],
    /// Linear colours to linear sRGB, in parts of [`ONE`].
    matrix: [[i64; 3]; 3],
    /// sRGB sample of each step of light.
    samples: Vec<u8>,
}

impl Conversion {
    /// Reads a profile. None if it is not one of curves and a matrix, or if it is sRGB itself.
    pub(super) fn new(profile: &[u8]) -> Option<Self> {
        if profile.get(16..20)? != b"RGB " || profile.get(20..24)? != b"XYZ " {
            return None;
        }
        let column = |name| {
            let tag = tag(profile, name).filter(|tag| tag.starts_with(b"XYZ "))?;
            Some([fixed(tag, 8)?, fixed(tag, 12)?, fixed(tag, 16)?])
        };
        let columns = [column(b"rXYZ")?, column(b"gXYZ")?, column(b"bXYZ")?];
        let curve = |name| curve(tag(profile, name)?);
        let light = [curve(b"rTRC")?, curve(b"gTRC")?, curve(b"bTRC")?];
        let cell = |row: usize, column: usize| {
            let sum = (0..3).map(|i| TO_SRGB[row][i] * columns[column][i]).sum::<i64>();
            sum * (ONE >> 16) / 10_000_000
        };
        let matrix = [0, 1, 2].map(|row| [0, 1, 2].map(|column| cell(row, column)));
        let samples = (0..=STEPS).map(|step| srgb(step as f64 / STEPS as f64)).collect();
        let conversion = Self { light, matrix, samples };
        (!conversion.changes_nothing()).then_some(conversion)
    }

    /// Whether no colour moves by more than what rounding does.
    fn changes_nothing(&self) -> bool {
        let grid = || (0..=255_u8).step_by(51);
        grid().all(|r| {
            grid().all(|g| {
                grid().all(|b| {
                    let to = self.convert([r, g, b]);
                    to.iter().zip([r, g, b]).all(|(to, from)| to.abs_diff(from) <= 2)
                })
            })
        })
    }

    /// One colour.
    pub(super) fn convert(&self, from: [u8; 3]) -> [u8; 3] {
        let light = [0, 1, 2].map(|i| self.light[i].get(usize::from(from[i])).copied().unwrap_or(0));
        self.matrix.map(|row| {
            let sum = (0..3).map(|i| row[i] * light[i]).sum::<i64>() / ONE;
            let step = (sum.clamp(0, ONE) * STEPS + ONE / 2) / ONE;
            self.samples.get(step as usize).copied().unwrap_or(u8::MAX)
        })
    }
}

/// The tags that a [`Conversion`] is made of.
const TAGS: [&[u8; 4]; 6] = [b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC"];

/// A profile that means the same, without names of cameras, people and times: the header's fixed parts
/// (7.2) and the six tags. None if one is lacking.
pub(super) fn bare(profile: &[u8]) -> Option<Vec<u8>> {
    const START: usize = 128 + 4 + 12 * TAGS.len();
    let (mut table, mut data): (Vec<u8>, Vec<u8>) = (Vec::new(), Vec::new());
    for name in TAGS {
        let contents = tag(profile, name)?;
        table.extend_from_slice(name);
        table.extend_from_slice(&u32::try_from(START + data.len()).ok()?.to_be_bytes());
        table.extend_from_slice(&u32::try_from(contents.len()).ok()?.to_be_bytes());
        data.extend_from_slice(contents);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut header = vec![0; 128];
    header[..4].copy_from_slice(&u32::try_from(START + data.len()).ok()?.to_be_bytes());
    // Version 4.0, a display's profile.
    header[8] = 4;
    header[12..24].copy_from_slice(b"mntrRGB XYZ ");
    header[36..40].copy_from_slice(b"acsp");
    // The light that the connection space is under: D50.
    header[68..80].copy_from_slice(&[0, 0, 0xf6, 0xd6, 0, 1, 0, 0, 0, 0, 0xd3, 0x2d]);
    Some([&header, &(TAGS.len() as u32).to_be_bytes()[..], &table, &data].concat())
}

/// The sample of some light (IEC 61966-2-1).
fn srgb(light: f64) -> u8 {
    let value = if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    (value * 255.0).round() as u8
}

/// The contents of a tag (7.3).
fn tag<'p>(profile: &'p [u8], name: &[u8; 4]) -> Option<&'p [u8]> {
    let count = number(profile, 128)?.min(100) as usize;
    let entry =
        (0..count).filter_map(|i| profile.get(132 + i * 12..144 + i * 12)).find(|e| &e[..4] == name)?;
    let (from, length) = (number(entry, 4)? as usize, number(entry, 8)? as usize);
    profile.get(from..from.checked_add(length)?)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// A signed number in 1/65536 (s15Fixed16Number).
fn fixed(bytes: &[u8], at: usize) -> Option<i64> {
    Some(i64::from(number(bytes, at)?.cast_signed()))
}

/// The light of each of 256 samples (10.6 `curveType`, 10.18 `parametricCurveType`).
fn curve(tag: &[u8]) -> Option<Vec<i64>> {
    let of = |light: &dyn Fn(f64) -> f64| {
        let light = (0..256).map(|sample| light(f64::from(sample) / 255.0));
        light.map(|l| (l.clamp(0.0, 1.0) * ONE as f64).round() as i64).collect::<Vec<_>>()
    };
    match tag.get(..4)? {
        b"curv" => {
            let count = number(tag, 8)? as usize;
            let entry =
                |i: usize| Some(u16::from_be_bytes(tag.get(12 + i * 2..14 + i * 2)?.try_into().ok()?));
            match count {
                0 => Some(of(&|x| x)),
                1 => {
                    let gamma = f64::from(entry(0)?) / 256.0;
                    Some(of(&|x| x.powf(gamma)))
                }
                _ => {
                    entry(count - 1)?;
                    let value = |i: usize| f64::from(entry(i).unwrap_or(0)) / 65_535.0;
                    Some(of(&|x| {
                        let place = x * (count - 1) as f64;
                        let (low, part) = (place.floor() as usize, place.fract());
                        value(low) + (value((low + 1).min(count - 1)) - value(low)) * part
                    }))
                }
            }
        }
        b"para" => {
            let kind = u16::from_be_bytes(tag.get(8..10)?.try_into().ok()?);
            let parameters = *[1, 3, 4, 5, 7].get(usize::from(kind))?;
            let mut p = [0.0; 7];
            for (i, value) in p.iter_mut().enumerate().take(parameters) {
                *value = fixed(tag, 12 + i * 4)? as f64 / 65_536.0;
            }
            let [g, a, b, c, d, e, f] = p;
            let power = |x: f64| (a * x + b).max(0.0).powf(g);
            Some(match kind {
                0 => of(&|x| x.powf(g)),
                1 => of(&|x| if a * x + b >= 0.0 { power(x) } else { 0.0 }),
                2 => of(&|x| if a * x + b >= 0.0 { power(x) + c } else { c }),
                3 => of(&|x| if x >= d { power(x) } else { c * x }),
                _ => of(&|x| if x >= d { power(x) + e } else { c * x + f }),
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A profile with these primaries (columns of XYZ under D50) and one curve.
    fn profile(columns: [[f64; 3]; 3], curve: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0; 128];
        bytes[16..24].copy_from_slice(b"RGB XYZ ");
        bytes.extend(6_u32.to_be_bytes());
        let mut data = Vec::new();
        let mut table = Vec::new();
        for (name, column) in [b"rXYZ", b"gXYZ", b"bXYZ"].into_iter().zip(columns) {
            table.extend_from_slice(name);
            table.extend((204 + data.len() as u32).to_be_bytes());
            table.extend(20_u32.to_be_bytes());
            data.extend(b"XYZ \0\0\0\0");
            column.iter().for_each(|v| data.extend(((v * 65_536.0).round() as i32).to_be_bytes()));
        }
        for name in [b"rTRC", b"gTRC", b"bTRC"] {
            table.extend_from_slice(name);
            table.extend((204 + data.len() as u32).to_be_bytes());
            table.extend((curve.len() as u32).to_be_bytes());
        }
        data.extend_from_slice(curve);
        [bytes, table, data].concat()
    }

    const SRGB: [[f64; 3]; 3] =
        [[0.436_07, 0.222_49, 0.013_92], [0.385_15, 0.716_87, 0.097_08], [0.143_07, 0.060_61, 0.714_1]];
    const P3: [[f64; 3]; 3] =
        [[0.515_1, 0.241_2, -0.001_05], [0.291_98, 0.692_25, 0.041_89], [0.157_1, 0.066_55, 0.784_07]];

    /// The curve of sRGB as parameters.
    fn para() -> Vec<u8> {
        let mut curve = b"para\0\0\0\0\0\x03\0\0".to_vec();
        for value in [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45] {
            curve.extend(((value * 65_536.0_f64).round() as i32).to_be_bytes());
        }
        curve
    }

    #[test]
    fn srgb_is_left_as_it_is_and_other_kinds_too() {
        assert!(Conversion::new(&profile(SRGB, &para())).is_none());
        assert!(Conversion::new(b"no profile").is_none());
        let mut press = profile(P3, &para());
        press[16..20].copy_from_slice(b"CMYK");
        assert!(Conversion::new(&press).is_none());
        for length in 0..press.len() {
            let _ = Conversion::new(&profile(P3, &para())[..length]);
        }
    }

    #[test]
    fn colours_of_a_wide_screen_keep_their_look() {
        // Display P3 to sRGB, computed apart in floating point: (200, 100, 50), and a red beyond sRGB.
        let conversion = Conversion::new(&profile(P3, &para())).unwrap();
        let [r, g, b] = conversion.convert([200, 100, 50]);
        assert!(r.abs_diff(215) <= 1 && g.abs_diff(93) <= 1 && b.abs_diff(31) <= 1, "{r} {g} {b}");
        assert_eq!(conversion.convert([255, 0, 0]), [255, 0, 0]);
        let [r, g, b] = conversion.convert([120, 120, 120]);
        assert!(r.abs_diff(120) <= 1 && g.abs_diff(120) <= 1 && b.abs_diff(120) <= 1, "{r} {g} {b}");
    }

    #[test]
    fn curves_come_in_three_forms() {
        let gamma = curve(b"curv\0\0\0\0\0\0\0\x01\x02\x00").unwrap();
        assert_eq!(gamma[255], ONE);
        assert!((gamma[128] - (ONE as f64 * 0.251_965) as i64).abs() < 20, "{}", gamma[128]);
        let table = curve(b"curv\0\0\0\0\0\0\0\x03\x00\x00\x40\x00\xff\xff").unwrap();
        assert!((table[255], table[0]) == (ONE, 0) && table[64] < ONE / 6);
        assert!(curve(b"curv\0\0\0\0\xff\xff\xff\xff").is_none());
    }
}
