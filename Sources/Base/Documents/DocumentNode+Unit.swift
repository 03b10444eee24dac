public import Domain
import Yams

extension DocumentNode {
    /// A UCUM unit of the gateway's table.
    public func unit() -> Unit? {
        if let code = unquoted {
            fail("quote a unit in brackets or braces: \"\(code)\"")
            return nil
        }
        guard let text = scalar("a UCUM unit") else { return nil }
        if let unit = Unit(text) { return unit }
        if Unit(spelled: text) == nil, let likely = Unit.suggestion(for: text) {
            let code = Self.quoted(likely.code)
            fail("unknown unit \"\(text)\", which has more than one meaning; if it is that, write \(code)")
        } else if let meant = Unit.suggestion(for: text) {
            fail("unknown unit \"\(text)\"; write \(Self.quoted(meant.code))")
        } else {
            fail("unknown unit \"\(text)\"\(NearestWord.hint(for: text, in: Unit.allCodes)) (UCUM codes)")
        }
        return nil
    }

    /// `[pH]` is a list and `{vehicles}` a map unless it is quoted.
    private var unquoted: String? {
        let code: String
        switch node {
        case .sequence(let list):
            guard list.count == 1, let word = list[0].scalar?.string else { return nil }
            code = "[\(word)]"
        case .mapping(let map):
            guard map.count == 1, let word = map.first?.key.scalar?.string else { return nil }
            code = "{\(word)}"
        default: return nil
        }
        return Unit(code) == nil ? nil : code
    }

    /// As it must be written in YAML.
    private static func quoted(_ code: String) -> String {
        code.contains { "[]{}%".contains($0) } ? "\"\(code)\"" : code
    }
}
