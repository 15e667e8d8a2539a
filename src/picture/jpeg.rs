//! Whether a JPEG holds its whole picture.
//!
//! Comes in: a JPEG file that a decoder can read. Goes out: nothing, or what is missing of the picture. The
//! decoder fills with gray what a file that was cut short lacks, as browsers do, and says nothing; on paper
//! that is noticed too late. So the codes are read here once more without making pixels of them (ITU-T T.81,
//! annexes B, F and G): every block must be there, and the codes must end where the blocks do. What real
//! cameras do is let pass: no mark of the end behind a whole picture, anything behind that mark, padding, a
//! few stray bytes, a last block that lacks its last bits. Of what is not understood nothing is said: that
//! is the decoder's.

mod bits;

use bits::{Bits, Codes};

/// More passes over a picture than any program makes.
const MOST_SCANS: usize = 200;

/// Pixels of the largest picture; the decoder was asked before, but may have seen another frame.
const MOST: usize = super::error::MOST_PIXELS as usize;

const SHORT: &str = "a part of the picture is missing";
const MANGLED: &str = "its middle makes no sense";

/// What a walk through a file ends with, if it does not come to the end.
enum Stop {
    /// Something is wrong.
    Damaged(&'static str),
    /// Something that is not read here.
    Strange,
}

const DAMAGED: Stop = Stop::Damaged(MANGLED);

/// What is wrong with the picture in a JPEG file; none if it is whole.
pub(super) fn damage(bytes: &[u8]) -> Option<&'static str> {
    match Walk::new(bytes).file() {
        Ok(()) | Err(Stop::Strange) => None,
        Err(Stop::Damaged(why)) => Some(why),
    }
}

/// A colour channel.
struct Component {
    name: u8,
    /// Blocks of a unit of all channels: across and down.
    unit: [usize; 2],
    /// Blocks that hold pixels, across and down.
    blocks: [usize; 2],
    /// Blocks across, with those that only fill units.
    stride: usize,
    /// Which coefficients of each block are not 0: further passes depend on it.
    known: Vec<u64>,
    /// How many of each coefficient's last bits were not given yet; all of them at first.
    lacking: [u8; 64],
}

struct Walk<'f> {
    bytes: &'f [u8],
    at: usize,
    progressive: bool,
    /// Units of all channels, across and down.
    units: [usize; 2],
    components: Vec<Component>,
    /// Codes of the lowest coefficients, and of all others.
    codes: [[Option<Box<Codes>>; 4]; 2],
    /// Units between two restarts; 0 for none.
    interval: usize,
}

/// One pass over some channels.
struct Scan {
    /// Channels, with the numbers of their two tables.
    of: Vec<(usize, usize, usize)>,
    /// The coefficients: first and last.
    from: usize,
    to: usize,
    /// Which bit was given before, and which is given now.
    high: u8,
    low: u8,
}

impl<'f> Walk<'f> {
    fn new(bytes: &'f [u8]) -> Self {
        let codes = Default::default();
        Self { bytes, at: 2, progressive: false, units: [0; 2], components: Vec::new(), codes, interval: 0 }
    }

    fn file(mut self) -> Result<(), Stop> {
        let mut scans = 0;
        let ended = loop {
            let Some(mark) = self.mark() else { break false };
            match mark {
                0xd9 => break true,
                0x01 | 0xd0..=0xd8 => continue,
                _ => {}
            }
            let length =
                self.bytes.get(self.at..self.at + 2).map(|b| usize::from(b[0]) << 8 | usize::from(b[1]));
            let Some(length) = length else { break false };
            let body = self.bytes.get(self.at + 2..self.at + length.max(2));
            let Some(body) = body else { break false };
            self.at += length.max(2);
            match mark {
                0xc0..=0xc2 => self.frame(mark, body)?,
                0xc4 => self.tables(body)?,
                0xc3 | 0xc5..=0xcf => return Err(Stop::Strange),
                0xdd => self.interval = usize::from(byte(body, 0)?) << 8 | usize::from(byte(body, 1)?),
                0xda => {
                    scans += 1;
                    if scans > MOST_SCANS {
                        return Err(DAMAGED);
                    }
                    let scan = self.scan(body)?;
                    self.passes(&scan)?;
                }
                _ => {}
            }
        };
        // Without the mark of the end later passes may be missing that nothing else announces.
        let enough = |c: &Component| if ended { !c.lacking.contains(&u8::MAX) } else { c.lacking == [0; 64] };
        if self.components.iter().all(enough) { Ok(()) } else { Err(Stop::Damaged(SHORT)) }
    }

    /// The next mark, past whatever is before it.
    fn mark(&mut self) -> Option<u8> {
        loop {
            let rest = self.bytes.get(self.at..)?;
            self.at += rest.iter().position(|&b| b == 0xff)? + 1;
            match *self.bytes.get(self.at)? {
                0 | 0xff => {}
                mark => {
                    self.at += 1;
                    return Some(mark);
                }
            }
        }
    }

    /// The frame (B.2.2).
    fn frame(&mut self, mark: u8, body: &[u8]) -> Result<(), Stop> {
        let word = |at| Ok(usize::from(byte(body, at)?) << 8 | usize::from(byte(body, at + 1)?));
        let (high, wide, count) = (word(1)?, word(3)?, usize::from(byte(body, 5)?));
        let again = !self.components.is_empty();
        if byte(body, 0)? != 8
            || high == 0
            || wide == 0
            || high * wide > MOST
            || again
            || !(1..=4).contains(&count)
        {
            return Err(Stop::Strange);
        }
        self.progressive = mark == 0xc2;
        let mut parts = Vec::new();
        for number in 0..count {
            let factors = byte(body, 7 + 3 * number)?;
            let unit = [usize::from(factors >> 4), usize::from(factors & 15)];
            if unit.iter().any(|side| !(1..=4).contains(side)) {
                return Err(Stop::Strange);
            }
            parts.push((byte(body, 6 + 3 * number)?, unit));
        }
        let most = [0, 1].map(|side| parts.iter().map(|(_, unit)| unit[side]).max().unwrap_or(1));
        self.units = [wide.div_ceil(8 * most[0]), high.div_ceil(8 * most[1])];
        for (name, unit) in parts {
            let blocks = [wide, high];
            let blocks = [0, 1].map(|side| (blocks[side] * unit[side]).div_ceil(most[side]).div_ceil(8));
            let stride = self.units[0] * unit[0];
            let all = if self.progressive { stride * self.units[1] * unit[1] } else { 0 };
            let known = vec![0; all];
            self.components.push(Component { name, unit, blocks, stride, known, lacking: [u8::MAX; 64] });
        }
        Ok(())
    }

    /// Tables of codes (B.2.4.2).
    fn tables(&mut self, mut body: &[u8]) -> Result<(), Stop> {
        while let Some((&place, rest)) = body.split_first() {
            let counts = rest.get(..16).ok_or(DAMAGED)?;
            let all: usize = counts.iter().map(|&count| usize::from(count)).sum();
            let values = rest.get(16..16 + all).ok_or(DAMAGED)?;
            let slot = self
                .codes
                .get_mut(usize::from(place >> 4))
                .and_then(|row| row.get_mut(usize::from(place & 15)));
            *slot.ok_or(Stop::Strange)? = Some(Box::new(Codes::new(counts, values).ok_or(DAMAGED)?));
            body = &rest[16 + all..];
        }
        Ok(())
    }

    /// The head of a pass (B.2.3).
    fn scan(&self, body: &[u8]) -> Result<Scan, Stop> {
        let count = usize::from(byte(body, 0)?);
        let mut of = Vec::new();
        for number in 0..count {
            let (name, tables) = (byte(body, 1 + 2 * number)?, byte(body, 2 + 2 * number)?);
            let component = self.components.iter().position(|c| c.name == name).ok_or(Stop::Strange)?;
            of.push((component, usize::from(tables >> 4) & 3, usize::from(tables & 3)));
        }
        let last = 1 + 2 * count;
        let (from, to) = (usize::from(byte(body, last)?), usize::from(byte(body, last + 1)?));
        let (high, low) = (byte(body, last + 2)? >> 4, byte(body, last + 2)? & 15);
        let mut scan = Scan { of, from, to, high, low };
        if !self.progressive {
            (scan.from, scan.to, scan.high, scan.low) = (0, 63, 0, 0);
        }
        let lowest = scan.from == 0;
        let sound = match self.progressive {
            true => {
                scan.to < 64 && scan.from <= scan.to && (lowest == (scan.to == 0)) && (lowest || count == 1)
            }
            false => true,
        };
        if sound && (1..=4).contains(&count) { Ok(scan) } else { Err(Stop::Strange) }
    }

    /// A pass: every block of its channels, one unit after the other (A.2).
    fn passes(&mut self, scan: &Scan) -> Result<(), Stop> {
        let mut bits = Bits::new(self.bytes, self.at);
        let alone = match scan.of[..] {
            [(only, ..)] => Some(only),
            _ => None,
        };
        let [across, down] = alone.map_or(self.units, |only| self.components[only].blocks);
        let tables: Result<Vec<_>, Stop> = scan
            .of
            .iter()
            .map(|&(_, low, high)| {
                let (low, high) = (self.codes[0][low].as_deref(), self.codes[1][high].as_deref());
                let wants = (scan.from == 0 && scan.high == 0, scan.to > 0);
                // Without tables of its own a file has those that decoders know.
                if (wants.0 && low.is_none()) || (wants.1 && high.is_none()) {
                    Err(Stop::Strange)
                } else {
                    Ok((low, high))
                }
            })
            .collect();
        let tables = tables?;
        let (mut run, mut left, mut restart) = (0_u32, self.interval, 0_u8);
        let units = across * down;
        for unit in 0..units {
            if self.interval > 0 && left == 0 {
                bits.close(run)?;
                bits.restart(restart)?;
                (restart, left, run) = ((restart + 1) % 8, self.interval, 0);
            }
            left = left.saturating_sub(1);
            let (x, y) = (unit % across, unit / across);
            for (&(number, ..), &(low, high)) in scan.of.iter().zip(&tables) {
                let component = &mut self.components[number];
                let [wide, deep] = if alone.is_some() { [1, 1] } else { component.unit };
                for block in 0..wide * deep {
                    let row = y * deep + block / wide;
                    let place = row * component.stride + x * wide + block % wide;
                    let read = if !self.progressive {
                        low.zip(high).and_then(|(low, high)| bits.block(low, high))
                    } else {
                        let known = component.known.get_mut(place).ok_or(DAMAGED)?;
                        bits.part(scan, low, high, known, &mut run)
                    };
                    read.ok_or(Stop::Damaged(if bits.missing() { SHORT } else { MANGLED }))?;
                }
            }
            if bits.missing() && unit + 1 < units {
                return Err(Stop::Damaged(SHORT));
            }
        }
        bits.close(run)?;
        self.at = bits.at();
        for &(number, ..) in &scan.of {
            self.components[number].lacking[scan.from..=scan.to].fill(scan.low);
        }
        Ok(())
    }
}

fn byte(body: &[u8], at: usize) -> Result<u8, Stop> {
    body.get(at).copied().ok_or(DAMAGED)
}
