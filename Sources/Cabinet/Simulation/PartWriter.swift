import Domain
import Foundation
import JSON
import Profiles

/// Writes what stands inside the texts of a message: the inverse of a profile's parts, the innermost first.
struct PartWriter {
    /// What stands at a place of a part.
    private enum Piece {
        case value(HeldValue, Point)
        case json(DataValue)
        case bytes([UInt8])
    }

    let message: MQTTAccess.Message
    private var pieces: [[(place: PartLocator, piece: Piece)]]

    init(_ message: MQTTAccess.Message) {
        self.message = message
        pieces = Array(repeating: [], count: message.parts.count)
    }

    mutating func put(_ value: HeldValue, of point: Point, at place: PartPlace) {
        pieces[place.part].append((place.locator, .value(value, point)))
    }

    /// Puts the time of the message.
    mutating func put(_ time: DataValue, at place: PartPlace) {
        guard case .bytes(let type, let order) = place.form, let seconds = Self.number(time) else {
            pieces[place.part].append((place.locator, .json(time)))
            return
        }
        pieces[place.part].append((place.locator, .bytes(Self.bytes(.whole(seconds), type, order))))
    }

    private static func number(_ time: DataValue) -> Int64? {
        guard case .number(let value) = time else { return nil }
        return value.double.map { Int64($0) }
    }

    /// Puts the parts into the message's document.
    ///
    /// - Returns: the payload, where a part is the whole of it.
    func finish(into document: inout DataValue) -> [UInt8]? {
        var pieces = pieces
        var payload: [UInt8]?
        for (index, part) in message.parts.enumerated().reversed() where !pieces[index].isEmpty {
            let written = Self.written(part, pieces[index])
            switch part.source {
            case .part(let outer, let locator): pieces[outer].append((locator, .bytes(written)))
            case .payload(nil): payload = written
            case .payload(let path?):
                MessageWriter.put(.string(String(decoding: written, as: UTF8.self)), at: path, in: &document)
            }
            for condition in part.when {
                guard let first = condition.accepted.first else { continue }
                let number = Int64(first).map { DataValue.number(.integer($0)) }
                MessageWriter.put(number ?? .string(first), at: condition.path, in: &document)
            }
        }
        return payload
    }

    // MARK: One part

    private static func written(_ part: MessagePart, _ pieces: [(place: PartLocator, piece: Piece)]) -> [UInt8] {
        switch part.kind {
        case .json: json(pieces)
        case .list(let form): list(form, part, pieces)
        case .frame(let encoding): encoded(frame(part, pieces), encoding)
        case .channels(let encoding, let channels): encoded(part.begins + self.channels(channels, pieces), encoding)
        }
    }

    private static func encoded(_ bytes: [UInt8], _ encoding: MessagePart.Encoding) -> [UInt8] {
        switch encoding {
        case .bytes: bytes
        case .base64: Array(Data(bytes).base64EncodedString().utf8)
        case .hex: Array(bytes.map { String(format: "%02x", $0) }.joined().utf8)
        }
    }

    private static func json(_ pieces: [(place: PartLocator, piece: Piece)]) -> [UInt8] {
        var document: DataValue = .null
        for (place, piece) in pieces {
            guard case .path(let path) = place else { continue }
            let value: DataValue =
                switch piece {
                case .value(let value, let point): MessageWriter.json(value, in: point.text)
                case .json(let value): value
                case .bytes(let bytes): .string(String(decoding: bytes, as: UTF8.self))
                }
            MessageWriter.put(value, at: path, in: &document)
        }
        return MessageWriter.text(document)
    }

    private static func text(_ piece: Piece) -> String {
        let value: DataValue
        switch piece {
        case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
        case .value(let held, let point): value = MessageWriter.json(held, in: point.text)
        case .json(let json): value = json
        }
        if case .string(let text) = value { return text }
        return String(decoding: MessageWriter.text(value), as: UTF8.self)
    }

    private static func list(
        _ form: MessagePart.ListForm,
        _ part: MessagePart,
        _ pieces: [(place: PartLocator, piece: Piece)]
    ) -> [UInt8] {
        var items = Array(repeating: "0", count: part.length?.lowerBound ?? 0)
        if !part.begins.isEmpty, items.isEmpty { items = ["0"] }
        for (place, piece) in pieces {
            guard case .item(let number) = place else { continue }
            while items.count < number { items.append("0") }
            items[number - 1] = text(piece)
        }
        for (place, piece) in pieces {
            guard case .named(let name) = place, let sign = form.pairs else { continue }
            let item = name + sign + text(piece)
            // An item without a value of its own may hold it.
            if let free = items.firstIndex(of: "0") { items[free] = item } else { items.append(item) }
        }
        let text = items.joined(separator: form.separator)
        let begins = String(decoding: part.begins, as: UTF8.self)
        guard !begins.isEmpty else { return Array(text.utf8) }
        // The beginning is mostly the first item.
        let rest = items.dropFirst().joined(separator: form.separator)
        return Array((begins.hasSuffix(form.separator) ? begins + rest : begins + form.separator + rest).utf8)
    }

    private static func frame(_ part: MessagePart, _ pieces: [(place: PartLocator, piece: Piece)]) -> [UInt8] {
        var bytes = Array(repeating: 0 as UInt8, count: part.length?.lowerBound ?? 0)
        func put(_ own: [UInt8], at place: Int) {
            while bytes.count < place + own.count { bytes.append(0) }
            for (offset, byte) in own.enumerated() { bytes[place + offset] |= byte }
        }
        put(part.begins, at: 0)
        for (place, piece) in pieces {
            switch place {
            case .bytes(let span): put(Self.bytes(piece, most: span.count), at: span.lowerBound - 1)
            case .whole: put(Self.bytes(piece, most: 255), at: 0)
            default: continue
            }
        }
        return bytes
    }

    private static func channels(
        _ channels: [MessagePart.Channel],
        _ pieces: [(place: PartLocator, piece: Piece)]
    ) -> [UInt8] {
        var written: [UInt8] = []
        for (index, channel) in channels.enumerated() {
            var value: [UInt8] = []
            if case .fixed(let count) = channel.length { value = Array(repeating: 0, count: count) }
            var isThere = false
            for (place, piece) in pieces {
                guard case .channel(index, let span) = place else { continue }
                isThere = true
                let own = bytes(piece, most: span?.count ?? max(value.count, 255))
                let start = (span?.lowerBound ?? 1) - 1
                while value.count < start + own.count { value.append(0) }
                for (offset, byte) in own.enumerated() { value[start + offset] = byte }
            }
            guard isThere else { continue }
            written += channel.id + (channel.length == .counted ? [UInt8(truncatingIfNeeded: value.count)] : []) + value
        }
        return written
    }

    // MARK: Bytes

    private static func bytes(_ piece: Piece, most: Int) -> [UInt8] {
        switch piece {
        case .bytes(let bytes): return Array(bytes.prefix(most))
        case .json: return Array(text(piece).utf8.prefix(most))
        case .value(let value, let point):
            guard case .part(let place) = point.origin, case .bytes(let type, let order) = place.form else {
                return Array(text(piece).utf8.prefix(most))
            }
            if type.kind == .text { return Array(text(piece).utf8.prefix(most)) }
            return bytes(value, type, order)
        }
    }

    /// A value in the bytes of its type.
    private static func bytes(_ value: HeldValue, _ type: ByteType, _ order: ByteOrder) -> [UInt8] {
        var pattern: UInt64
        switch value {
        case .text(let text):
            let characters = Array(text.utf8.prefix(type.width))
            return characters + Array(repeating: 0, count: type.width - characters.count)
        case .flag(let flag): pattern = flag ? 1 : 0
        case .whole(let number): pattern = UInt64(bitPattern: number)
        case .real(let number):
            pattern =
                switch type.kind {
                case .float where type.width == 4: UInt64(Float(number).bitPattern)
                case .float: number.bitPattern
                default: UInt64(bitPattern: Int64(number.rounded()))
                }
        }
        if type.kind == .bcd { pattern = UInt64(String(pattern), radix: 16) ?? 0 }
        let bytes = (0..<type.width).map { place in
            UInt8(truncatingIfNeeded: pattern >> UInt64((type.width - 1 - place) * 8))
        }
        return order.arranged(bytes)
    }
}
