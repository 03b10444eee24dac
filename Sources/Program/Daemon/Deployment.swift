public import Indicators
public import Installation

/// Everything that files say about a gateway: what it reads and where it sends, and what it computes from that.
public struct Deployment: Sendable {
    public var configuration: Configuration
    public var indicators: IndicatorPlan
    /// What in the catalogue is named wrongly, and so left out.
    public var catalogueCheck: CatalogueCheck

    public init(configuration: Configuration, indicators: IndicatorPlan, catalogueCheck: CatalogueCheck) {
        self.configuration = configuration
        self.indicators = indicators
        self.catalogueCheck = catalogueCheck
    }
}
