import Domain
import Profiles
import Testing

@Suite struct TopicFilterTests {
    private static func subscriptions(_ filters: String...) -> [String] {
        TopicFilter.subscriptions(filters.map { TopicFilter($0) }).map(\.description).sorted()
    }

    @Test func `a plus stands for one level, whatever it holds`() {
        let filter = TopicFilter("application/+/device/a 1/event/up")
        #expect(filter.matches("application/7/device/a 1/event/up"))
        #expect(filter.matches("application//device/a 1/event/up"))
        #expect(!filter.matches("application/7/8/device/a 1/event/up"))
        #expect(!filter.matches("application/7/device/a 2/event/up"))
        #expect(TopicFilter("kamera/&1/Zähler +/x").matches("kamera/&1/Zähler +/x"))
    }

    @Test func `no two subscriptions match the same topic`() {
        #expect(Self.subscriptions("a/b", "a/c") == ["a/b", "a/c"])
        #expect(Self.subscriptions("a/b", "a/+") == ["a/+"])
        #expect(Self.subscriptions("a/+/c", "a/b/+") == ["a/+/+"])
        #expect(Self.subscriptions("a/+/c", "+/b/c", "x/y/z", "a/b") == ["+/+/c", "a/b", "x/y/z"])
        #expect(Self.subscriptions("+/b/c", "a/+/d", "a/b/+") == ["+/+/+"])
    }

    @Test func `many devices at a topic with a pattern are one subscription`() {
        let nodes = (0..<200).map { "a84041\($0)" }
        let filters = MQTTAccess.filters("application/+/device/{node}/event/up", nodes: nodes)
        #expect(filters.map(\.description) == ["application/+/device/+/event/up"])
        #expect(MQTTAccess.filters("tele/{node}/SENSOR", nodes: nodes).count == 200)
        #expect(MQTTAccess.filters("a/+/{node}", nodes: ["x"]).map(\.description) == ["a/+/x"])
        let deep = MQTTAccess.filters("+/{node}/up", nodes: ["1/device/a", "2/device/b"])
        #expect(deep.map(\.description) == ["+/+/+/+/up"])
    }

    @Test(arguments: [
        ("application/+/device/{node}/event/up", "application/3/device/24e1/event/up", "24e1"),
        ("application/{node}/event/up", "application/3/device/24e1/event/up", "3/device/24e1"),
        ("cam-{node}/+/count", "cam-7/left/count", "7"), ("{node}/a/{node}", "x/a/x", "x"),
        ("{node}/a/{node}", "x/a/y", nil), ("a/{node}", "a/", nil), ("{node}", "a/b", "a/b"), ("a/+", "a/b", ""),
        ("a/+/{node}", "a/b", nil), ("x{node}y/z", "xy/z", nil), ("x{node}y/z", "xay/z", "a"),
    ]) func `the node is what stands in its place`(shape: (pattern: String, topic: String, node: String?)) {
        #expect(MQTTAccess.node(in: shape.topic, of: shape.pattern) == shape.node)
    }

    @Test func `a table finds exact topics and patterns alike`() {
        var table = TopicTable<Int>()
        table.add(1, at: TopicFilter("a/b/c"))
        table.add(2, at: TopicFilter("a/+/c"))
        table.add(3, at: TopicFilter("+/b/c"))
        table.add(4, at: TopicFilter("a/+/c"))
        #expect(table["a/b/c"].sorted() == [1, 2, 3, 4])
        #expect(table["a/x/c"].sorted() == [2, 4])
        #expect(table["a/x/d"] == [])
        #expect(table["a/b"] == [])
    }
}
