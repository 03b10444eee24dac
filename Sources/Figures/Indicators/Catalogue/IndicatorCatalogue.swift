public import Documents
import Domain

/// `indicators.yaml`, validated: what the city computes from its devices.
public struct IndicatorCatalogue: Sendable {
    public var indicators: [IndicatorDefinition]
    public var weighings: [WeighingRule]
    public var carUnits: [String: CarUnitTable]
    public var levels: [String: LevelTable]
    /// How long after its end a window becomes final.
    public var grace: Duration
    /// The shortest time between two publications of an open window.
    public var provisionalEvery: Duration
    /// The hash of the file's text.
    public var hash: String
    /// The names in it that profiles and the configuration define.
    public var mentions: [CatalogueMention] = []

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
        Document.mapping(ofFile: file, log: log).flatMap { read($0, log) }
    }

    /// The catalogue of a text, for tests.
    public static func read(text: String, file: String = "indicators.yaml", log: ProblemLog) -> IndicatorCatalogue? {
        Document.mapping(of: text, file: file, log: log).flatMap { read($0, log) }
    }

    private static func read(_ map: DocumentMap, _ log: ProblemLog) -> IndicatorCatalogue? {
        var catalogue = CatalogueReader(log: log).read(map)
        catalogue?.mentions = MentionCollector.collect(map)
        return catalogue
    }
}
