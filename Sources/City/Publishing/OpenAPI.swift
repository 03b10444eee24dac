import Domain
import JSON
import PageParts
import Speech

/// The description of the HTTP (OpenAPI 3.0), made of the views and their comments.
struct OpenAPI {
    let city: String
    let views: [CityView]
    let telling: Telling

    var text: [UInt8] {
        var json = JSONText(reserving: 64 << 10)
        json.object([
            ("openapi", .string("3.0.3")),
            (
                "info",
                Self.object([("title", .string("gateway-city, \(city)")), ("version", .string(Version.text))])
            ),
            ("paths", Self.object(views.map { (path(of: $0), operation($0)) })),
        ])
        return json.bytes
    }

    private static func object(_ members: [(String, DataValue)]) -> DataValue {
        .object(members.map { .init($0.0, $0.1) })
    }

    private func path(of view: CityView) -> String {
        "/" + (view.name == "kelengkapan_harian" ? "kelengkapan" : view.name)
    }

    private func words(_ words: CityView.Words) -> String {
        telling.language == .id ? words.indonesian : words.english
    }

    private func operation(_ view: CityView) -> DataValue {
        let filters = view.columns.map { column in
            parameter(column.name, telling.text(CityHTTPPhrase.filter, words(column.words)), type: "string")
        }
        let others = [
            parameter("select", telling.text(CityHTTPPhrase.select), type: "string"),
            parameter("order", telling.text(CityHTTPPhrase.order), type: "string"),
            parameter("limit", telling.text(CityHTTPPhrase.limit), type: "integer"),
            parameter("offset", telling.text(CityHTTPPhrase.offset), type: "integer"),
        ]
        let rows = Self.object([
            ("type", .string("array")),
            (
                "items",
                Self.object([
                    ("type", .string("object")),
                    ("properties", Self.object(view.columns.map { ($0.name, schema(of: $0)) })),
                ])
            ),
        ])
        let content = Self.object([
            ("application/json", Self.object([("schema", rows)])),
            ("text/csv", Self.object([("schema", Self.object([("type", .string("string"))]))])),
        ])
        let answer = Self.object([
            ("description", .string(telling.text(CityHTTPPhrase.jsonRows))), ("content", content),
        ])
        let get = Self.object([
            ("summary", .string(words(view.words))), ("parameters", .array(filters + others)),
            ("responses", Self.object([("200", answer)])),
        ])
        return Self.object([("get", get)])
    }

    private func parameter(_ name: String, _ description: String, type: String) -> DataValue {
        Self.object([
            ("name", .string(name)), ("in", .string("query")), ("description", .string(description)),
            ("schema", Self.object([("type", .string(type))])),
        ])
    }

    private func schema(of column: CityView.Column) -> DataValue {
        var members: [(String, DataValue)] = []
        switch column.kind {
        case .text: members = [("type", .string("string"))]
        case .integer: members = [("type", .string("integer"))]
        case .number: members = [("type", .string("number"))]
        case .truth: members = [("type", .string("boolean"))]
        case .moment: members = [("type", .string("string")), ("format", .string("date-time"))]
        case .date: members = [("type", .string("string")), ("format", .string("date"))]
        // An array or an object.
        case .other: members = []
        }
        members += [("nullable", .bool(true)), ("description", .string(words(column.words)))]
        return Self.object(members)
    }
}
