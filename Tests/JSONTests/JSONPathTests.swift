import JSON
import Testing

@Suite struct JSONPathTests {
    @Test(arguments: [
        ("Time", [JSONPath.Step.key("Time")]),
        ("HX711.WeightRaw", [.key("HX711"), .key("WeightRaw")]),
        ("lanes[0].count", [.key("lanes"), .index(0), .key("count")]),
        ("grid[1][22]", [.key("grid"), .index(1), .index(22)]),
        ("a b.c-d.@e", [.key("a b"), .key("c-d"), .key("@e")]),
        ("0", [.key("0")]),
        (#"["a.b"].c"#, [.key("a.b"), .key("c")]),
        (#"$['a.b'][0]["c]"]"#, [.key("a.b"), .index(0), .key("c]")]),
        (#""a.b".c"#, [.key("a.b"), .key("c")]),
        (#"x."a.b"[1]"#, [.key("x"), .key("a.b"), .index(1)]),
        ("[0].v", [.index(0), .key("v")]),
        ("$.a", [.key("$"), .key("a")]),
        (#"it's"#, [.key("it's")]),
    ])
    func readsKeysAndIndices(text: String, steps: [JSONPath.Step]) throws {
        let path = try #require(JSONPath(text))
        #expect(path.steps == steps)
        #expect(path.description == text)
    }

    @Test(arguments: [
        "", ".", "a.", ".a", "a..b", "a[", "a]", "a[]", "a[x]", "a[-1]", "a[0]b", "a[0", "a[0]]",
        "a[99999999999999999999]", #"["a"#, #"["a"x]"#, #"[""]"#, #""a"b"#, #"a.["b"]"#, "$[", #"["a"]b"#,
    ])
    func refusesWhatIsNoPath(text: String) {
        #expect(JSONPath(text) == nil)
    }
}
