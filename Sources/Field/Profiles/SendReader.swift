public import Documents
import Domain

/// Reads `send` of a profile and of a device.
public enum SendReader {
    /// - Parameter elsewhere: points that devices with another `set` have; a deadband of theirs has no effect here.
    public static func read(_ map: DocumentMap, points: [Point], elsewhere: [String]) -> SendPolicy {
        defer { map.finish() }
        var policy = SendPolicy(when: map.optional("when")?.word(SendPolicy.When.self))
        policy.atLeastEvery = map.optional("at_least_every")?.duration(in: .seconds(1) ... .seconds(86_400))
        for (name, node) in map.optional("deadband")?.mapping()?.entries() ?? [] {
            if elsewhere.contains(name) { continue }
            guard let point = points.first(where: { $0.name == name }) else {
                let published = points.filter { !$0.isPrivate }.map(\.name)
                node.failName("no point is named \"\(name)\"\(NearestWord.hint(for: name, in: published))")
                continue
            }
            if let deadband = deadband(node, of: point) { policy.deadbands[name] = deadband }
        }
        return policy
    }

    private static func deadband(_ node: DocumentNode, of point: Point) -> Deadband? {
        let expected: Message = "a number such as 0.05, hundredths such as 1 %, or any"
        guard let text = node.scalar(expected) else { return nil }
        if point.isPrivate {
            node.failName("\(point.name) is not published; give the deadband to the point that is made of it")
        }
        if text == "any" { return .any }
        if !point.isNumber {
            node.failName("\(point.name) is a text or a switch: write \"any\" where its change alone is no news")
        } else if point.hasMeanings {
            node.failName(
                "each number of \(point.name) means something else: write \"any\" where its change alone is no news"
            )
        }
        let isPercent = text.hasSuffix("%")
        let digits = isPercent ? text.dropLast().trimmingSuffix(" ") : text[...]
        guard let number = DecimalNumber(digits) else {
            node.fail("expected \(expected), found \"\(text)\"")
            return nil
        }
        if number < .zero { node.fail("a distance is not less than 0") }
        if isPercent, number > DecimalNumber(100) {
            node.fail("beyond 100 % every value says the same; write a smaller one")
        }
        return isPercent ? .percent(number) : .absolute(number)
    }
}

extension Point {
    /// Whether numbers beside each other mean different things: bits, codes, or numbers with names.
    fileprivate var hasMeanings: Bool {
        if case .registers(_, .bits, _) = origin { return true }
        return !fields.isEmpty || !codes.isEmpty || words?.names.isEmpty == false
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(_ blank: Character) -> Substring {
        var text = Substring(self)
        while text.last == blank { text.removeLast() }
        return text
    }
}
