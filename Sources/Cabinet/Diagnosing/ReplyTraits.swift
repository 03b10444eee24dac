import Domain
import Modbus

/// What a reply's bytes look like, right or wrong: pure.
package struct ReplyTraits {
    /// The bytes that came to the last request, as far as the bus saw them, and the bytes that came after the reply; of
    /// ASCII frames as they would be in RTU.
    let bytes: [UInt8]
    let strays: [UInt8]
    /// All of it as it came.
    private let wire: [UInt8]
    private let unit: UInt8
    private let function: UInt8
    private let dataBytes: Int

    package init(_ exchange: ProbeExchange) {
        let came = exchange.frames.last.flatMap { $0.direction == .received ? $0.bytes : nil } ?? []
        wire = came + exchange.strays
        // An ASCII request has 17 characters, an RTU request 8 bytes.
        let isASCII = exchange.frames.first?.bytes.count == 17 && exchange.frames.first?.bytes.first == 0x3A
        bytes = isASCII ? CharacterFrames.rtu(in: came) : came
        strays = isASCII ? CharacterFrames.rtu(in: exchange.strays) : exchange.strays
        unit = exchange.request.unit.number
        function = exchange.request.range.table.functionCode
        dataBytes = exchange.request.range.dataBytes
    }

    /// Unit, function, byte count, data, CRC.
    var replyLength: Int { 5 + dataBytes }

    /// Whether the bytes begin as the right reply does: then the device understood the request, and its bytes are
    /// readable.
    var beginsRight: Bool {
        bytes.count >= 2 && bytes[0] == unit && bytes[1] & 0x7F == function
            && (bytes.count < 3 || bytes[1] & 0x80 != 0 || Int(bytes[2]) == dataBytes)
    }

    /// Whether more bytes came than one device sends, beginning with the unit: two replies over each other.
    var isCollision: Bool { bytes.first == unit && bytes.count + strays.count > replyLength + 2 }

    /// Whether a whole frame of the unit stands in the bytes after the reply.
    package var strayFrame: Bool {
        guard strays.count >= 5 else { return false }
        return strays.indices.contains { start in
            guard strays[start] == unit, start + 4 < strays.endIndex, strays[start + 1] & 0x7F == function else {
                return false
            }
            let length = strays[start + 1] & 0x80 != 0 ? 5 : 5 + Int(strays[start + 2])
            guard start + length <= strays.endIndex else { return false }
            return SerialChecksum.isRight(Array(strays[start..<start + length]))
        }
    }

    /// The first bytes in hexadecimal, for a person.
    package var hexadecimal: String {
        let all = wire
        return all.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(
            separator: " "
        )
            + (all.count > 8 ? " ..." : "")
    }
}
