/// The name of a city as people write it, whole, in both languages of the pages.
public struct CityName: Hashable, Sendable {
    public var english: String
    public var indonesian: String

    public init(english: String, indonesian: String) {
        self.english = english
        self.indonesian = indonesian
    }
}
