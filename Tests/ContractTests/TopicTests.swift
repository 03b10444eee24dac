import Contract
import Testing

@Suite struct `A topic` {
    @Test(arguments: [
        (Topic.cityIndicator(name: "mobility/traffic-volume/kota/day", isFinal: false), ""),
        (.cityIndicator(name: "mobility/traffic-volume/kecamatan-pesantren/15min", isFinal: true), "/final"),
    ]) func `of the city's figures is read back`(topic: Topic, end: String) {
        let text = topic.text(prefix: "kediri")
        #expect(text.hasPrefix("kediri/city/indicators/mobility/traffic-volume/"))
        #expect(text.hasSuffix(end))
        #expect(Topic(text, prefix: "kediri") == topic)
    }

    @Test(arguments: [
        "kediri/city/indicators", "kediri/city/indicators/final", "kediri/city/readings/a/b/c",
        "other/city/indicators/mobility/traffic-volume/kota/day",
    ]) func `that is none of the contract is nothing`(text: String) {
        #expect(Topic(text, prefix: "kediri") == nil)
    }

    @Test func `of a gateway that is called city is the gateway's`() {
        let topic = Topic.indicator(gateway: "city", name: "mobility/traffic-volume/gateway/day", isFinal: false)
        #expect(Topic(topic.text(prefix: "kediri"), prefix: "kediri") == topic)
    }
}
