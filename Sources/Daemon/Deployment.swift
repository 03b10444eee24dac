public import Configuration
public import Indicators

/// Everything that files say about a gateway: what it reads and where it sends, and what it computes from that.
public struct Deployment: Sendable {
    public var configuration: Configuration
    public var indicators: IndicatorPlan

    public init(configuration: Configuration, indicators: IndicatorPlan) {
        self.configuration = configuration
        self.indicators = indicators
    }
}
