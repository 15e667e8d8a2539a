//! Lines of some width → outlines that fill them.

use super::fill::{Contours, Dot};

/// Lengths of a dash and of the gap after it, in points, as in the PDF.
const DASHES: [f32; 2] = [3.0, 2.0];

/// More dashes than any drawing has; a line with more is drawn whole.
const MOST_DASHES: f32 = 20_000.0;

/// How lines end. Where they meet, corners are round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    /// Cut off at the last point.
    Flat,
    /// In half a circle about it.
    Round,
}

/// Adds what lines through points cover. All parts are wound the same way, so that together they are
/// filled as one.
pub(super) fn outline(outline: &mut Contours, points: &[Dot], width: f32, ends: Ends) {
    let half = width / 2.0;
    for pair in points.windows(2) {
        let [a, b] = [pair[0], pair[1]];
        let Some([x, y]) = direction(a, b) else { continue };
        let [x, y] = [x * half, y * half];
        outline.begin([a[0] + y, a[1] - x]);
        for to in [[b[0] + y, b[1] - x], [b[0] - y, b[1] + x], [a[0] - y, a[1] + x]] {
            outline.line(to);
        }
    }
    for (index, at) in points.iter().enumerate() {
        let end = index == 0 || index + 1 == points.len();
        if ends == Ends::Round || !end {
            circle(outline, *at, half);
        }
    }
}

/// From one point toward another, of length 1; none between points that are one.
fn direction(a: Dot, b: Dot) -> Option<Dot> {
    let length = distance(a, b);
    (length > 0.0).then(|| [(b[0] - a[0]) / length, (b[1] - a[1]) / length])
}

fn distance(a: Dot, b: Dot) -> f32 {
    let (x, y) = (b[0] - a[0], b[1] - a[1]);
    (x * x + y * y).sqrt()
}

/// A circle, wound as the lines are.
fn circle(outline: &mut Contours, [x, y]: Dot, radius: f32) {
    // How far control points lie out: a cubic is off by a thousandth of the radius at most.
    let k = radius * 0.552_284_8;
    let at = |right: f32, down: f32| [x + right, y + down];
    outline.begin(at(radius, 0.0));
    outline.cubic(at(radius, k), at(k, radius), at(0.0, radius));
    outline.cubic(at(-k, radius), at(-radius, k), at(-radius, 0.0));
    outline.cubic(at(-radius, -k), at(-k, -radius), at(0.0, -radius));
    outline.cubic(at(k, -radius), at(radius, -k), at(radius, 0.0));
}

/// Cuts lines into dashes; `scale` is the pixels in a point.
pub(super) fn dashes(points: &[Dot], scale: f32) -> Vec<Vec<Dot>> {
    let total: f32 = points.windows(2).map(|pair| distance(pair[0], pair[1])).sum();
    let each = DASHES.map(|length| length * scale);
    if !total.is_finite() || total / (each[0] + each[1]) > MOST_DASHES {
        return vec![points.to_vec()];
    }
    let (mut dashes, mut left, mut drawn) = (Vec::new(), each[0], true);
    let mut dash: Vec<Dot> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let [from, to] = [pair[0], pair[1]];
        let (length, mut gone) = (distance(from, to), 0.0);
        let Some([x, y]) = direction(from, to) else { continue };
        while length - gone > left {
            gone += left;
            let at = [from[0] + x * gone, from[1] + y * gone];
            if drawn {
                dash.push(at);
                dashes.push(std::mem::take(&mut dash));
            } else {
                dash = vec![at];
            }
            drawn = !drawn;
            left = each[usize::from(!drawn)];
        }
        left -= length - gone;
        if drawn {
            dash.push(to);
        }
    }
    if drawn && dash.len() > 1 {
        dashes.push(dash);
    }
    dashes
}

#[cfg(test)]
mod tests {
    use super::super::fill::{Clip, Filler};
    use super::*;

    fn area(mut outline: Contours) -> f32 {
        let mut sum = 0.0;
        Filler::default()
            .union(&mut outline, Clip::whole(200, 200), |_, _, covers| sum += covers.iter().sum::<f32>());
        sum
    }

    #[test]
    fn lines_cover_their_length_times_their_width_whichever_way_they_go() {
        for to in [[160.0, 60.0], [60.0, 160.0], [20.0, 30.0], [60.0, 20.0]] {
            let (from, width) = ([60.0, 60.0], 7.0);
            let length = distance(from, to);
            let (mut flat, mut round) = (Contours::default(), Contours::default());
            outline(&mut flat, &[from, to], width, Ends::Flat);
            outline(&mut round, &[from, to], width, Ends::Round);
            assert!((area(flat) - length * width).abs() < 2.0, "{to:?}");
            let caps = width * width * std::f32::consts::FRAC_PI_4;
            assert!((area(round) - length * width - caps).abs() < 2.0, "{to:?}");
        }
    }

    #[test]
    fn dashes_go_on_around_corners_and_leave_gaps() {
        let cut = dashes(&[[0.0, 0.0], [4.0, 0.0], [4.0, 3.0]], 1.0);
        assert_eq!(cut, [vec![[0.0, 0.0], [3.0, 0.0]], vec![[4.0, 1.0], [4.0, 3.0]]]);
        assert_eq!(dashes(&[[0.0, 0.0], [f32::MAX, 9.0]], 1.0).len(), 1);
        assert!(dashes(&[], 1.0).len() <= 1);
    }
}
