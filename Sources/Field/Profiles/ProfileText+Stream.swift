import Documents
import Domain

/// How a device that sends text is heard, and where a value stands in its frames, for people.
extension ProfileText {
    static func stream(_ stream: StreamAccess) -> [Message] {
        let line: Message = stream.line.map { ", \($0) from the factory" } ?? ""
        var around: [Message] = []
        if !stream.start.isEmpty { around.append("begins with \(written(stream.start))") }
        if !stream.end.isEmpty { around.append("ends with \(written(stream.end))") }
        if let length = stream.length { around.append("has \(length) bytes") }
        var lines: [Message] = ["text over a serial line or TCP\(line); each frame \(around.joined(separator: ", "))"]
        if let ask = stream.ask {
            lines.append(
                "sends a frame when it is asked with \(written(ask)), within \(stream.replyTime.inWords)"
            )
        } else {
            lines.append("sends by itself")
        }
        if let sum = stream.checksum { lines.append(checksum(sum)) }
        lines += stream.frames.map { "  \(frame($0))" }
        return lines
    }

    private static func checksum(_ sum: FrameChecksum) -> Message {
        let bits: Message = sum.bits == 7 ? " of 7 bits each" : ""
        let form = sum.form.rawValue
        return
            "checksum \(sum.kind.rawValue) over bytes \(span(sum.over))\(bits), at \(span(sum.at)) as \(form)"
    }

    private static func frame(_ frame: StreamAccess.Frame) -> Message {
        let form: Message =
            frame.pattern.map {
                "\(written(Array($0.text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })))"
            }
            ?? "whatever has the right checksum"
        switch frame.says {
        case .values: return "frame \(frame.name): \(form)"
        case .nothing: return "frame \(frame.name): \(form), ignored"
        case .bad(let reason): return "frame \(frame.name): \(form), no value (\(reason.word))"
        }
    }

    static func frame(_ value: FrameValue, _ profile: Profile) -> [Message] {
        let frames = profile.stream?.frames ?? []
        let names = value.frames.sorted().map { frames[$0].name }.joined(separator: ", ")
        var parts: [Message] = ["\(names): \(place(value.place))"]
        if value.kind != .number { parts.append("\(Message(words: value.kind.rawValue))") }
        if let sign = value.sign { parts.append("sign at \(place(sign))") }
        if value.isReversed { parts.append("last character first") }
        if value.decimal == .comma { parts.append("number with a decimal comma") }
        if !value.words.isEmpty {
            let words = value.words.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
            parts.append("words \(words.map { "\"\($0.key)\" = \($0.value)" }.joined(separator: ", "))")
        }
        return parts
    }

    private static func place(_ place: FrameValue.Place) -> Message {
        switch place {
        case .field(let name): "field \(name)"
        case .bytes(let bytes): "bytes \(span(bytes))"
        }
    }

    private static func span(_ span: FrameSpan) -> String {
        if span.first == span.last { return "\(span.first)" }
        return span.first > 0 && span.last > 0 ? "\(span.first)-\(span.last)" : "[\(span.first), \(span.last)]"
    }

    /// The bytes that `written` wrote; nil for any other text.
    public static func bytes(written text: String) -> [UInt8]? {
        guard text.utf8.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return nil }
        var bytes: [UInt8] = []
        var rest = text.dropFirst().dropLast().utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "x"):
                let digits = String(decoding: rest.prefix(2), as: UTF8.self)
                guard digits.count == 2, let value = UInt8(digits, radix: 16) else { return nil }
                bytes.append(value)
                rest = rest.dropFirst(2)
            case let escaped?: bytes.append(escaped)
            case nil: return nil
            }
        }
        return bytes
    }

    /// Bytes as a profile writes them, in double quotes.
    public static func written(_ bytes: [UInt8]) -> String {
        let text = bytes.map { byte in
            switch byte {
            case UInt8(ascii: "\r"): "\\r"
            case UInt8(ascii: "\n"): "\\n"
            case UInt8(ascii: "\""): "\\\""
            case UInt8(ascii: "\\"): "\\\\"
            case 0x20..<0x7F: String(UnicodeScalar(byte))
            default: "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return "\"" + text.joined() + "\""
    }
}
