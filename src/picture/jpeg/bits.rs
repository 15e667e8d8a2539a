//! The bits of a JPEG's passes, and the codes that they are.
//!
//! Comes in: a file and where a pass begins. Goes out: block after block, without what is in them; whether
//! bits were missing, and whether some are left.

use super::{DAMAGED, SHORT, Scan, Stop};

/// Bytes between the last block and the next mark that are no sign of damage.
const MOST_STRAY: usize = 16;

/// A table of codes (annex C).
pub(super) struct Codes {
    /// By the first eight bits: the length and the value of a code that is no longer.
    quick: [(u8, u8); 256],
    /// The first code of each length, how many there are, and where their values begin.
    lengths: [(u32, u32, usize); 17],
    values: Vec<u8>,
}

impl Codes {
    pub(super) fn new(counts: &[u8], values: &[u8]) -> Option<Self> {
        let mut codes = Self { quick: [(0, 0); 256], lengths: [(0, 0, 0); 17], values: values.to_vec() };
        let (mut code, mut place) = (0_u32, 0);
        for (length, &count) in (1..).zip(counts) {
            codes.lengths[length] = (code, count.into(), place);
            for &value in &values[place..place + usize::from(count)] {
                if code >> length != 0 {
                    return None;
                }
                if length <= 8 {
                    let first = (code as usize) << (8 - length);
                    codes.quick[first..first + (1 << (8 - length))].fill((length as u8, value));
                }
                code += 1;
            }
            place += usize::from(count);
            code <<= 1;
        }
        Some(codes)
    }
}

/// The bits of a pass. Behind its end there are zeros, and `missing` says that they were needed.
pub(super) struct Bits<'f> {
    bytes: &'f [u8],
    /// The next byte that is not held yet.
    at: usize,
    held: u64,
    count: u32,
    missing: bool,
}

impl<'f> Bits<'f> {
    pub(super) fn new(bytes: &'f [u8], at: usize) -> Self {
        Self { bytes, at, held: 0, count: 0, missing: false }
    }

    /// Whether more bits were needed than there are.
    pub(super) fn missing(&self) -> bool {
        self.missing
    }

    /// Where the mark is that ended a stretch.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    fn fill(&mut self) {
        while self.count <= 48 {
            let Some(&byte) = self.bytes.get(self.at) else { return };
            if byte == 0xff {
                let after = self.bytes[self.at..].iter().position(|&b| b != 0xff);
                match after.map(|after| self.at + after) {
                    // A byte of all ones is written with a zero behind it.
                    Some(zero) if self.bytes[zero] == 0 => self.at = zero + 1,
                    _ => return,
                }
            } else {
                self.at += 1;
            }
            self.held = self.held << 8 | u64::from(byte);
            self.count += 8;
        }
    }

    /// The next sixteen bits, which stay.
    fn ahead(&mut self) -> u32 {
        if self.count < 16 {
            self.fill();
        }
        let bits = match self.count {
            16.. => self.held >> (self.count - 16),
            few => (self.held & ((1 << few) - 1)) << (16 - few),
        };
        bits as u32 & 0xffff
    }

    fn skip(&mut self, bits: u32) {
        self.missing |= bits > self.count;
        self.count = self.count.saturating_sub(bits);
    }

    /// So many bits, at most sixteen.
    fn take(&mut self, bits: u32) -> u32 {
        let ahead = self.ahead();
        self.skip(bits);
        ahead >> (16 - bits)
    }

    fn value(&mut self, codes: &Codes) -> Option<u8> {
        let ahead = self.ahead();
        let (length, value) = codes.quick[(ahead >> 8) as usize];
        if length > 0 {
            self.skip(length.into());
            return Some(value);
        }
        for length in 9..=16 {
            let (first, count, place) = codes.lengths[length as usize];
            let among = (ahead >> (16 - length)).checked_sub(first).filter(|among| *among < count);
            if let Some(among) = among {
                self.skip(length);
                return codes.values.get(place + among as usize).copied();
            }
        }
        None
    }

    /// A block in one pass (F.2.2).
    pub(super) fn block(&mut self, low: &Codes, high: &Codes) -> Option<()> {
        self.lowest(low)?;
        let (mut at, mut least) = (1, 0);
        while at < 64 {
            let value = self.value(high)?;
            let (zeros, size) = (usize::from(value >> 4), u32::from(value & 15));
            if size > 0 {
                at += zeros;
                let bits = self.take(size);
                least += u32::from(size == 1 && bits == 0);
            } else if zeros < 15 {
                break;
            } else {
                at += 15;
            }
            at += 1;
        }
        // Every coefficient the same least number: no picture has that, but bytes that are all zero do.
        (at <= 64 && least < 63).then_some(())
    }

    fn lowest(&mut self, codes: &Codes) -> Option<()> {
        let size = self.value(codes)?;
        self.take(u32::from(size).min(16));
        (size <= 11).then_some(())
    }

    /// A block in one of several passes (G.1.2). `run` is how many blocks more have nothing new in this pass.
    pub(super) fn part(
        &mut self,
        scan: &Scan,
        low: Option<&Codes>,
        high: Option<&Codes>,
        known: &mut u64,
        run: &mut u32,
    ) -> Option<()> {
        if scan.from == 0 {
            return match scan.high {
                0 => self.lowest(low?),
                _ => {
                    self.take(1);
                    Some(())
                }
            };
        }
        let (codes, again) = (high?, scan.high > 0);
        let mut at = scan.from;
        while *run == 0 && at <= scan.to {
            let value = self.value(codes)?;
            let (zeros, size) = (u32::from(value >> 4), u32::from(value & 15));
            if size == 0 && zeros < 15 {
                *run = (1 << zeros) + self.take(zeros);
                break;
            }
            self.take(if again { size.min(1) } else { size });
            let mut free = zeros;
            while at <= scan.to {
                if again && *known >> at & 1 == 1 {
                    self.take(1);
                } else if free == 0 {
                    break;
                } else {
                    free -= 1;
                }
                at += 1;
            }
            if at > scan.to {
                // The sixteen zeros may be the last ones; a coefficient must have a place.
                if size > 0 {
                    return None;
                }
            } else if size > 0 {
                *known |= 1 << at;
            }
            at += 1;
        }
        if *run > 0 {
            *run -= 1;
            if again && at <= scan.to {
                // One bit more for each coefficient that is known.
                let mask = (u64::MAX >> (63 - scan.to)) & (u64::MAX << at);
                for _ in 0..(*known & mask).count_ones() {
                    self.take(1);
                }
            }
        }
        Some(())
    }

    /// The end of a stretch: the blocks are all there, and next to nothing may be left.
    pub(super) fn close(&mut self, run: u32) -> Result<(), Stop> {
        self.count -= self.count % 8;
        let end = self.at - (self.count / 8) as usize;
        let (mut stray, mut zeros, mut ones) = (0, true, true);
        loop {
            self.ahead();
            if self.count < 8 {
                break;
            }
            let byte = self.take(8);
            stray += 1;
            zeros &= byte == 0;
            ones &= byte == 0xff;
        }
        // Zeros behind what is all zeros itself: a download that stopped.
        let before = &self.bytes[end.saturating_sub(MOST_STRAY)..end];
        let padding = ones || (zeros && before.iter().any(|&b| b != 0));
        if run == 0 && (stray <= MOST_STRAY || padding) { Ok(()) } else { Err(DAMAGED) }
    }

    /// The mark that a stretch follows on another with (B.2.1).
    pub(super) fn restart(&mut self, number: u8) -> Result<(), Stop> {
        let rest = &self.bytes[self.at..];
        let ones = rest.iter().take_while(|&&b| b == 0xff).count();
        match rest.get(ones) {
            Some(&mark) if ones > 0 && mark == 0xd0 + number => {
                (self.at, self.held, self.count) = (self.at + ones + 1, 0, 0);
                Ok(())
            }
            Some(_) => Err(DAMAGED),
            None => Err(Stop::Damaged(SHORT)),
        }
    }
}
