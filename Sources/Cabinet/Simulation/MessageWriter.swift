import Domain
import JSON
import Profiles

/// Writes the payloads that a profile's paths describe.
enum MessageWriter {
    /// Returns the document with a value put at a path; makes objects and arrays on the way and replaces what is in the
    /// way.
    static func putting(_ value: DataValue, at steps: ArraySlice<JSONPath.Step>, in document: DataValue) -> DataValue {
        guard let step = steps.first else { return value }
        let rest = steps.dropFirst()
        switch step {
        case .key(let key):
            var members: [DataValue.Member] = []
            if case .object(let old) = document { members = old }
            if let index = members.firstIndex(where: { $0.key == key }) {
                members[index].value = putting(value, at: rest, in: members[index].value)
            } else {
                members.append(DataValue.Member(key, putting(value, at: rest, in: .null)))
            }
            return .object(members)
        case .index(let index):
            var elements: [DataValue] = []
            if case .array(let old) = document { elements = old }
            while elements.count <= index { elements.append(.null) }
            elements[index] = putting(value, at: rest, in: elements[index])
            return .array(elements)
        case .element(let member, let name):
            var elements: [DataValue] = []
            if case .array(let old) = document { elements = old }
            let named = Int64(name).map { DataValue.number(.integer($0)) } ?? .string(name)
            let own = DataValue.Member(member, named)
            let index = elements.firstIndex { element in
                guard case .object(let members) = element else { return false }
                return members.contains(own)
            }
            if let index {
                elements[index] = putting(value, at: rest, in: elements[index])
            } else {
                elements.append(putting(value, at: rest, in: .object([own])))
            }
            return .array(elements)
        }
    }

    static func put(_ value: DataValue, at path: JSONPath, in document: inout DataValue) {
        document = putting(value, at: path.steps[...], in: document)
    }

    static func text(_ document: DataValue) -> [UInt8] {
        var text = JSONText()
        text.json(document)
        return text.bytes
    }

    /// A number with what stands before and after it, and the device's decimal sign.
    static func json(_ value: HeldValue, in form: NumberText?) -> DataValue {
        guard let form, case .number(let number) = json(value) else { return json(value) }
        let digits = form.decimal == .comma ? number.description.replacing(".", with: ",") : number.description
        return .string((form.prefix ?? "") + digits + (form.units.first ?? ""))
    }

    static func json(_ value: HeldValue) -> DataValue {
        switch value {
        case .whole(let number): .number(.integer(number))
        // A value has three decimals at most, so a decimal number writes exactly those.
        case .real(let number):
            .number(DecimalNumber(number, significantDigits: 15).map { .decimal($0) } ?? .integer(0))
        case .text(let text): .string(text)
        case .flag(let flag): .bool(flag)
        }
    }

    /// The time in the form that the device writes, by its profile.
    static func json(_ instant: Instant, as time: MessageTime, localOffset: Int64) -> DataValue {
        switch time.format {
        case .epochSeconds:
            return .number(.decimal(DecimalNumber(instant.millisecondsSince1970).shifted(by: -3)))
        case .epochMilliseconds: return .integer(instant.millisecondsSince1970)
        case .iso8601:
            let offset: Int64
            switch time.zone {
            case .utc: return .string(instant.description)
            case .gateway: offset = localOffset
            case .offset(let seconds): offset = seconds
            }
            // Local time without an offset, to the second: `2026-11-21T09:12:44`.
            return .string(String((instant + .seconds(offset)).description.prefix(19)))
        }
    }
}
