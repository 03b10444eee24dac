import Domain
import JSON
import Profiles

/// What a part of a message turned out to be.
enum PartContent {
    /// The message does not carry it.
    case absent
    /// JSON's null stands in its place.
    case null
    case damaged(String)
    case json(JSONTree)
    /// The items, and where they have names, their values by name; two of one name have none.
    case list([String], named: [ExactText: String?])
    case frame([UInt8])
    case channels([UInt8], [ChannelPlace])

    /// Where a channel's value stands.
    enum ChannelPlace {
        case absent
        case at(Range<Int>)
        case repeated
    }

    /// Texts of peers are not split without end.
    private static let mostItems = 65_536

    /// - Parameters:
    ///   - text: the part's text or bytes.
    ///   - needed: how many bytes or items the profile reads.
    static func of(_ part: MessagePart, _ text: [UInt8], needed: Int, wanted: JSONSelection?) -> PartContent {
        switch part.kind {
        case .json: return JSONTree.parse(text, keeping: wanted ?? .all).map { .json($0) } ?? .damaged("not JSON")
        case .list(let form): return list(form, part, text, needed: needed)
        case .frame(let encoding):
            switch bytes(encoding, text) {
            case .failure(let flaw): return .damaged(flaw.why)
            case .success(let bytes): return frame(bytes, part, needed: needed)
            }
        case .channels(let encoding, let channels):
            switch bytes(encoding, text) {
            case .failure(let flaw): return .damaged(flaw.why)
            case .success(let bytes):
                guard bytes.starts(with: part.begins) else { return .absent }
                return walk(bytes, from: part.begins.count, channels)
            }
        }
    }

    private static func bytes(
        _ encoding: MessagePart.Encoding,
        _ text: [UInt8]
    ) -> Result<[UInt8], EncodedBytes.Flaw> {
        switch encoding {
        case .bytes: .success(text)
        case .hex: EncodedBytes.hexadecimal(text)
        case .base64: EncodedBytes.base64(text).map { .success($0) } ?? .failure(EncodedBytes.Flaw(why: "not base64"))
        }
    }

    private static func frame(_ bytes: [UInt8], _ part: MessagePart, needed: Int) -> PartContent {
        guard bytes.starts(with: part.begins) else { return .absent }
        if let wrong = wrong(bytes.count, "bytes", part, needed: needed) { return .damaged(wrong) }
        return .frame(bytes)
    }

    /// What is wrong with a count of bytes or items.
    private static func wrong(_ count: Int, _ what: String, _ part: MessagePart, needed: Int) -> String? {
        if let length = part.length {
            if length.contains(count) { return nil }
            let least = length.lowerBound
            return "\(count) \(what), not " + (length.count == 1 ? "\(least)" : "\(least) to \(length.upperBound)")
        }
        return count < needed ? "\(count) \(what), fewer than \(needed)" : nil
    }

    private static func list(
        _ form: MessagePart.ListForm,
        _ part: MessagePart,
        _ bytes: [UInt8],
        needed: Int
    ) -> PartContent {
        guard bytes.starts(with: part.begins) else { return .absent }
        guard String(validating: bytes, as: UTF8.self) != nil else { return .damaged("not text") }
        let blanks = form.separator.utf8.allSatisfy { $0 == 0x20 }
        // Split byte by byte, in linear time for any text.
        let items = split(bytes, by: Array((blanks ? " " : form.separator).utf8), omittingEmpty: blanks)
        guard let items else { return .damaged("more than \(mostItems) items") }
        var named: [ExactText: String?] = [:]
        if let sign = form.pairs {
            for item in items {
                guard let (name, value) = pair(item, sign) else { continue }
                named[ExactText(name)] = named.keys.contains(ExactText(name)) ? .some(nil) : value
            }
        }
        // A device may end its list with a separator too.
        let count = items.last?.isEmpty == true ? items.count - 1 : items.count
        if let wrong = wrong(count, "items", part, needed: needed) { return .damaged(wrong) }
        return .list(items, named: named)
    }

    private static func split(_ text: [UInt8], by separator: [UInt8], omittingEmpty: Bool) -> [String]? {
        var items: [String] = []
        var (start, place) = (0, 0)
        func item(_ end: Int) -> String? {
            let item = String(decoding: text[start..<end], as: UTF8.self)
            return omittingEmpty && item.isEmpty ? nil : item
        }
        while place + separator.count <= text.count {
            guard text[place] == separator[0], text[place..<place + separator.count].elementsEqual(separator) else {
                place += 1
                continue
            }
            if let item = item(place) { items.append(item) }
            guard items.count < mostItems else { return nil }
            place += separator.count
            start = place
        }
        if let item = item(text.count) { items.append(item) }
        return items
    }

    private static func pair(_ item: String, _ sign: String) -> (name: String, value: String)? {
        guard let place = item.firstRange(of: sign) else { return nil }
        let name = item[..<place.lowerBound].filter { !$0.isWhitespace }
        return name.isEmpty ? nil : (String(name), String(item[place.upperBound...]))
    }

    /// Finds the channels. Where one is unknown, where the next begins is unknown too, and nothing of it counts.
    private static func walk(_ bytes: [UInt8], from start: Int, _ channels: [MessagePart.Channel]) -> PartContent {
        var found = Array(repeating: ChannelPlace.absent, count: channels.count)
        var place = start
        while place < bytes.count {
            guard let index = channels.firstIndex(where: { bytes[place...].starts(with: $0.id) }) else {
                let id = bytes[place...].prefix(2).map { ByteType.hexadecimal([$0]) }.joined(separator: " ")
                return .damaged("channel \(id) at byte \(place + 1) is not known")
            }
            let channel = channels[index]
            var value = place + channel.id.count
            let count: Int
            switch channel.length {
            case .fixed(let fixed): count = fixed
            case .rest: count = bytes.count - value
            case .counted:
                guard value < bytes.count else { return .damaged("ends within channel \(channel.name)") }
                count = Int(bytes[value])
                value += 1
            }
            guard value + count <= bytes.count else { return .damaged("ends within channel \(channel.name)") }
            if case .absent = found[index] {
                found[index] = .at(value..<value + count)
            } else {
                found[index] = .repeated
            }
            place = value + count
        }
        return .channels(bytes, found)
    }
}
