public import Domain
import Yams

extension DocumentNode {
    /// A unit of the gateway's table: its UCUM code, or a spelling of people that means one unit only.
    public func unit() -> Unit? {
        if let code = unquoted {
            fail("quote a unit in brackets or braces: \"\(code)\"")
            return nil
        }
        guard let text = scalar("a UCUM unit") else { return nil }
        if let unit = Unit(spelled: text) { return unit }
        if let likely = Unit.suggestion(for: text) {
            let code = Self.quoted(likely.code)
            fail("unknown unit \"\(text)\", which has more than one meaning; if it is that, write \(code)")
        } else {
            let nearest = Unit.nearest(to: text, by: NearestWord.to)?.code
            fail("unknown unit \"\(text)\"\(NearestWord.hint(nearest, otherwise: Unit.allCodes)) (UCUM codes)")
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
