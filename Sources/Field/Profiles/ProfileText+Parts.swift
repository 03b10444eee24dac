import Documents
import Domain

/// The parts of a message, and what points take from them.
extension ProfileText {
    static func part(_ part: MessagePart, of message: MQTTAccess.Message) -> Message {
        var words: [Message] = ["part \(part.name): \(kind(part.kind))"]
        switch part.source {
        case .payload(nil): words.append("the whole payload")
        case .payload(let path?): words.append("at \(path)")
        case .part(let index, let locator): words.append("\(place(locator, in: message.parts[index]))")
        }
        if let order = part.byteOrder { words.append("bytes in \(order.rawValue) order") }
        if let length = part.length {
            let count = length.count == 1 ? "\(length.lowerBound)" : "\(length.lowerBound)-\(length.upperBound)"
            words.append("\(count) long")
        }
        if !part.begins.isEmpty {
            if case .list = part.kind {
                words.append("begins with \"\(String(decoding: part.begins, as: UTF8.self))\"")
            } else {
                words.append("begins with \(hexadecimal(part.begins))")
            }
        }
        for condition in part.when {
            let texts: [Message] = condition.accepted.map { "\"\($0)\"" }
            words.append("when \(condition.path) is \(texts.joined(separator: or))")
        }
        if case .channels(_, let channels) = part.kind {
            let named: [Message] = channels.map { channel in
                switch channel.length {
                case .fixed(let count): "\(channel.name) \(hexadecimal(channel.id)) (\(count))"
                case .counted: "\(channel.name) \(hexadecimal(channel.id)) (a byte counts them)"
                case .rest: "\(channel.name) \(hexadecimal(channel.id)) (the rest)"
                }
            }
            words.append("channels \(named.joined(separator: ", "))")
        }
        return words.joined(separator: ", ")
    }

    private static func kind(_ kind: MessagePart.Kind) -> Message {
        switch kind {
        case .json: return "JSON"
        case .list(let form):
            guard let pairs = form.pairs else { return "list with \"\(form.separator)\" between items" }
            return "list with \"\(form.separator)\" between items, and \"\(pairs)\" after an item's name"
        case .frame(let encoding), .channels(let encoding, _):
            switch encoding {
            case .base64: return "bytes in base64"
            case .hex: return "bytes in hexadecimal"
            case .bytes: return "bytes"
            }
        }
    }

    private static func place(_ locator: PartLocator, in part: MessagePart) -> Message {
        switch locator {
        case .whole: return "\(part.name)"
        case .path(let path): return "\(part.name) \(path)"
        case .item(let number): return "\(part.name) item \(number)"
        case .named(let name): return "\(part.name) item \"\(name)\""
        case .bytes(let span): return "\(part.name) \(words(span))"
        case .channel(let index, let span):
            guard case .channels(_, let channels) = part.kind else { return "\(part.name)" }
            let channel: Message = "\(part.name) channel \(channels[index].name)"
            return span.map { "\(channel) \(words($0))" } ?? channel
        }
    }

    private static func words(_ span: ClosedRange<Int>) -> Message {
        span.count == 1 ? "byte \(span.lowerBound)" : "bytes \(span.lowerBound)-\(span.upperBound)"
    }

    static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
    }

    static func words(_ place: MessageTime.Place, of message: MQTTAccess.Message) -> Message {
        switch place {
        case .path(let path): "\(path)"
        case .part(let place, _): self.place(place.locator, in: message.parts[place.part])
        }
    }

    /// Where a point is and what is read there.
    static func place(_ place: PartPlace, _ profile: Profile) -> [Message] {
        guard let message = profile.mqtt?.messages[place.message] else { return [] }
        let within = self.place(place.locator, in: message.parts[place.part])
        switch place.form {
        case .text(let type):
            let kind = type == .number ? "" : " \(type.rawValue)"
            return ["\(message.name) \(within)\(kind)"]
        case .bytes(let type, let order):
            let place: Message = "\(message.name) \(within) \(type.word)"
            return type.hasOrder ? [place, "\(order.rawValue) order"] : [place]
        }
    }
}
