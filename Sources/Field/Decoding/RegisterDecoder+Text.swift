import Domain
import Profiles

/// Texts in registers.
extension RegisterDecoder {
    /// Two characters a register unless `chars` says otherwise, the high byte first unless bytes swap; the text ends at
    /// a NUL, and trailing spaces are padding.
    static func string(
        _ words: Span<UInt16>,
        at offset: Int,
        registers: Int,
        swapsBytes: Bool,
        chars: Characters = .both
    ) -> RawValue {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(registers * 2)
        for index in 0..<registers {
            let word = swapsBytes ? words[offset + index].byteSwapped : words[offset + index]
            if chars == .hex {
                let digits = String(word, radix: 16, uppercase: true)
                bytes += [UInt8](repeating: UInt8(ascii: "0"), count: 4 - digits.count) + digits.utf8
                continue
            }
            if chars != .low { bytes.append(UInt8(word >> 8)) }
            if chars != .high { bytes.append(UInt8(word & 0xFF)) }
        }
        if let end = bytes.firstIndex(of: 0) { bytes.removeSubrange(end...) }
        while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
        guard bytes.allSatisfy({ $0 >= 32 && $0 != 127 }), let text = String(validating: bytes, as: UTF8.self) else {
            return .missing(.decode)
        }
        return .value(.string(text))
    }
}
