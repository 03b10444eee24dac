public import Documents
import Domain

/// Reads `send` of a profile and of a device.
public enum SendReader {
    /// - Parameters:
    ///   - profile: the name of the profile, for messages.
    ///   - elsewhere: points that devices with another `set` have; a deadband of theirs has no effect here.
    public static func read(_ map: DocumentMap, points: [Point], elsewhere: [String] = []) -> SendPolicy {
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
        if point.isPrivate {
            node.failName("\(point.name) is not published; give the deadband to the point that is made of it")
        } else if !point.isNumber {
            node.failName("\(point.name) is a text or a switch: it is sent whenever it changes; take the line away")
        } else if point.isOfBits || !point.fields.isEmpty || !point.codes.isEmpty || point.words?.names.isEmpty == false {
            node.failName("each number of \(point.name) means something else, so each is sent; take the line away")
        }
        let expected: Message = "a number such as 0.05, or hundredths such as 1 %"
        guard let text = node.scalar(expected) else { return nil }
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
    /// Whether the manual calls it a word of bits.
    fileprivate var isOfBits: Bool {
        if case .registers(_, .bits, _) = origin { return true }
        return false
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(_ blank: Character) -> Substring {
        var text = Substring(self)
        while text.last == blank { text.removeLast() }
        return text
    }
}
