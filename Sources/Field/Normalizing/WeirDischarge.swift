import Domain
import Glibc
import Profiles

/// The flow over a V-notch, by Kindsvater and Shen (ISO 1438): Q = C x tan(angle / 2) x (h + kh)^2.5.
struct WeirDischarge {
    /// Below this head water clings to the plate, and the formula does not hold (USBR Water Measurement Manual, 7.7).
    static let leastHead = DecimalNumber(6).shifted(by: -2)

    var cubicMetresPerSecond: Double
    /// `low_head` below the least head.
    var doubt: Reason?

    /// Nil where the discharge is unknown: below the zero, and above the greatest head, where water flows not only
    /// through the notch.
    ///
    /// The head is computed in decimal, so that 0.16 m over 0.1 m is the least head itself.
    ///
    /// - Parameter level: in metres.
    init?(over weir: Weir, level: DecimalNumber) {
        let head = level - weir.zero
        guard head >= .zero, weir.greatestHead.map({ head <= $0 }) ?? true else { return nil }
        let effective = (head + (weir.headCorrection ?? .zero)).double
        cubicMetresPerSecond = weir.coefficient * tan(weir.angle * .pi / 360) * pow(effective, 2.5)
        doubt = head < Self.leastHead ? .lowHead : nil
    }
}
