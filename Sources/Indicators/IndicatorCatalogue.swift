public import Documents
import Domain

/// `indicators.yaml`, validated: what the city computes from its devices.
public struct IndicatorCatalogue: Sendable {
    public var indicators: [IndicatorDefinition]
    public var weighings: [WeighingRule]
    public var carUnits: [String: CarUnitTable]
    public var levels: [String: LevelTable]
    /// How long after its end a window is final.
    public var grace: Duration
    /// How often an open window is published, at most.
    public var provisionalEvery: Duration
    /// Of the file's text.
    public var hash: String

    /// No indicators: for a gateway without a catalogue.
    public static let empty = IndicatorCatalogue(
        indicators: [],
        weighings: [],
        carUnits: [:],
        levels: [:],
        grace: .seconds(120),
        provisionalEvery: .seconds(60),
        hash: ""
    )

    public subscript(id: String) -> IndicatorDefinition? { indicators.first { $0.id == id } }

    /// The catalogue of a file, or nil with every problem in the log.
    public static func read(file: String, log: ProblemLog) -> IndicatorCatalogue? {
        Document.mapping(ofFile: file, log: log).flatMap { CatalogueReader(log: log).read($0) }
    }

    /// The catalogue of a text, for tests.
    public static func read(text: String, file: String = "indicators.yaml", log: ProblemLog) -> IndicatorCatalogue? {
        Document.mapping(of: text, file: file, log: log).flatMap { CatalogueReader(log: log).read($0) }
    }
}
