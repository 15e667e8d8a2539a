//! A progressive JPEG (ITU-T T.81, annex G), made by hand: no encoder that the tests have writes one. A gray
//! picture in four passes: the means of the blocks and their other coefficients, each first without the last
//! bit, then with it. All codes of a table are of one length, so that it is easily written.

/// Appends bits, and zeros behind bytes of ones.
struct Bits {
    out: Vec<u8>,
    held: u32,
    count: u32,
}

impl Bits {
    fn new() -> Self {
        Self { out: Vec::new(), held: 0, count: 0 }
    }

    fn put(&mut self, bits: u32, count: u32) {
        for place in (0..count).rev() {
            self.held = self.held << 1 | (bits >> place & 1);
            self.count += 1;
            if self.count == 8 {
                self.out.push(self.held as u8);
                if self.held == 0xff {
                    self.out.push(0);
                }
                (self.held, self.count) = (0, 0);
            }
        }
    }

    /// A value, whose code it is itself: values are below 255.
    fn code(&mut self, value: u32) {
        self.put(value, 8);
    }

    fn finish(mut self) -> Vec<u8> {
        while self.count > 0 {
            self.put(1, 1);
        }
        self.out
    }
}

/// How many bits a number takes (F.1.2.1), and those bits.
fn sized(number: i32) -> (u32, u32) {
    let size = 32 - number.unsigned_abs().leading_zeros();
    let bits = if number < 0 { (number - 1) as u32 & ((1 << size) - 1) } else { number as u32 };
    (size, bits)
}

/// Without the last bit, towards zero.
fn halved(number: i32) -> i32 {
    number / 2
}

fn segment(out: &mut Vec<u8>, mark: u8, body: &[u8]) {
    out.extend([0xff, mark]);
    out.extend(u16::try_from(body.len() + 2).expect("short").to_be_bytes());
    out.extend(body);
}

/// Codes of so many bits each: the value is the code. Ones alone are none.
fn table(out: &mut Vec<u8>, place: u8, bits: usize) {
    let count = ((1_u32 << bits) - 1) as u8;
    let mut body = vec![place];
    body.extend([0; 16]);
    body[bits] = count;
    body.extend(0..count);
    segment(out, 0xc4, &body);
}

fn pass(out: &mut Vec<u8>, (from, to): (u8, u8), bits: (u8, u8), data: Vec<u8>) {
    segment(out, 0xda, &[1, 1, 0, from, to, bits.0 << 4 | bits.1]);
    out.extend(data);
}

/// A gray picture, so many blocks wide and high.
pub fn jpeg(across: u16, down: u16) -> Vec<u8> {
    let mut state = 3_u32;
    let mut next = |most: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % most
    };
    let blocks: Vec<[i32; 64]> = (0..across * down)
        .map(|_| {
            let mut block = [0; 64];
            block[0] = next(100) as i32 - 50;
            for value in &mut block[1..40] {
                if next(2) == 0 {
                    *value = next(9) as i32 - 4;
                }
            }
            block
        })
        .collect();
    let mut out = vec![0xff, 0xd8];
    segment(&mut out, 0xdb, &[&[0][..], &[8; 64]].concat());
    let sides = [(down * 8).to_be_bytes(), (across * 8).to_be_bytes()].concat();
    segment(&mut out, 0xc2, &[&[8], &sides[..], &[1, 1, 0x11, 0]].concat());
    table(&mut out, 0x00, 4);
    table(&mut out, 0x10, 8);

    let (mut first, mut before) = (Bits::new(), 0);
    for block in &blocks {
        // The mean loses its last bit by shifting (G.1.2.1).
        let mean = block[0] >> 1;
        let (size, bits) = sized(mean - before);
        first.put(size, 4);
        first.put(bits, size);
        before = mean;
    }
    pass(&mut out, (0, 0), (0, 1), first.finish());

    let mut others = Bits::new();
    for block in &blocks {
        let mut zeros = 0;
        for &number in &block[1..] {
            let number = halved(number);
            if number == 0 {
                zeros += 1;
                continue;
            }
            while zeros > 15 {
                others.code(0xf0);
                zeros -= 16;
            }
            let (size, bits) = sized(number);
            others.code(zeros << 4 | size);
            others.put(bits, size);
            zeros = 0;
        }
        // Nothing more in this block.
        others.code(0);
    }
    pass(&mut out, (1, 63), (0, 1), others.finish());

    let mut means = Bits::new();
    blocks.iter().for_each(|block| means.put(block[0] as u32 & 1, 1));
    pass(&mut out, (0, 0), (1, 0), means.finish());

    // The last bits (G.1.2.3): a coefficient that is new has its place among those that are still zero; those
    // that are passed over and known before get a bit each.
    let mut last = Bits::new();
    for block in &blocks {
        let new = |number: i32| halved(number) == 0 && number != 0;
        let end = (1..64).rev().find(|&place| new(block[place])).map_or(1, |place| place + 1);
        let (mut zeros, mut passed) = (0, Vec::new());
        let send = |last: &mut Bits, passed: &mut Vec<u32>| passed.drain(..).for_each(|bit| last.put(bit, 1));
        for &number in &block[1..end] {
            if halved(number) != 0 {
                passed.push(number.unsigned_abs() & 1);
            } else if number == 0 {
                zeros += 1;
                if zeros == 16 {
                    last.code(0xf0);
                    send(&mut last, &mut passed);
                    zeros = 0;
                }
            } else {
                last.code(zeros << 4 | 1);
                last.put(u32::from(number > 0), 1);
                send(&mut last, &mut passed);
                zeros = 0;
            }
        }
        last.code(0);
        send(&mut last, &mut passed);
        for &number in block[end..].iter().filter(|number| halved(**number) != 0) {
            last.put(number.unsigned_abs() & 1, 1);
        }
    }
    pass(&mut out, (1, 63), (1, 0), last.finish());
    out.extend([0xff, 0xd9]);
    out
}
