public import Indicators
public import Installation

/// Everything that files define for a gateway: what it reads, where it sends, and what it computes from that.
public struct Deployment: Sendable {
    public var configuration: Configuration
    public var indicators: IndicatorPlan
    /// The wrong names in the catalogue; what has them is left out.
    public var catalogueCheck: CatalogueCheck

    public init(configuration: Configuration, indicators: IndicatorPlan, catalogueCheck: CatalogueCheck) {
        self.configuration = configuration
        self.indicators = indicators
        self.catalogueCheck = catalogueCheck
    }
}
