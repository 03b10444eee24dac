/// A word for people in the two languages in which the gateway speaks.
public struct Label: Hashable, Sendable {
    public var en: String
    public var id: String

    public init(en: String, id: String) {
        self.en = en
        self.id = id
    }
}

extension Label: Codable {}
