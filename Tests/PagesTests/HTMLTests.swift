import PageParts
import Testing

@Suite struct `Text in a page` {
    @Test func `cannot become markup, whoever wrote it`() {
        let name = "<script>alert(\"1\")</script> & 'x'"
        let html: HTML = "<b title=\"\(name)\">\(name)</b>"
        let escaped = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;"
        #expect(html.text == "<b title=\"\(escaped)\">\(escaped)</b>")
    }

    @Test func `shows control characters instead of obeying them`() {
        let html: HTML = "\("a\u{202E}b\u{1B}[31m")"
        #expect(html.text == "a\\u{202E}b\\u{1B}[31m")
    }

    @Test func `is joined without another escape`() {
        let pieces = ["a<", "b"].map { "<i>\($0)</i>" as HTML }
        #expect(pieces.joined(separator: ", ").text == "<i>a&lt;</i>, <i>b</i>")
        let list: HTML = "<p>\(pieces)</p>"
        #expect(list.text == "<p><i>a&lt;</i><i>b</i></p>")
    }
}
