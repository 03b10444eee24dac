import Domain
import Profiles

extension DeviceModel {
    /// The raw value of a point in bytes of a message, within its type and clear of its marks for "no value".
    func raw(_ raw: Double, _ type: ByteType, _ point: Point) -> HeldValue {
        guard type.isWhole else { return .real(type.kind == .float ? raw : reported(raw, point)) }
        var number = Int64(max(-9.2e18, min(9.2e18, raw.rounded())))
        if let modulus = point.counter?.modulus?.double, modulus < 9e18 {
            number = number.flooredDivision(by: Int64(modulus)).remainder
        }
        let bits = type.width * 8
        switch type.kind {
        case .signed where bits < 64: number = min(max(number, -(1 << (bits - 1)) + 1), 1 << (bits - 1) - 1)
        case .bcd: number = min(max(number, 0), Int64(pow10(min(18, type.width * 2))) - 1)
        default: number = max(number, 0)
        }
        if type.kind != .signed, bits < 63 { number = min(number, 1 << bits - 1) }
        let mask: UInt64 = bits >= 64 ? .max : 1 << UInt64(bits) - 1
        while point.invalid.contains(UInt64(bitPattern: number) & mask), number > 0 { number -= 1 }
        return .whole(number)
    }

    private func pow10(_ power: Int) -> Int64 { (0..<power).reduce(1) { number, _ in number * 10 } }
}
