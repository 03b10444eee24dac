import Control
import Foundation

extension ControlClient {
    func figures(_ request: FigureRequest) throws -> FigureReport { try decode("figures " + encode(request)) }
    func events() throws -> RecentEvents { try decode("events") }
    func configurationText() throws -> ConfigurationText { try decode("configuration") }

    private func encode(_ value: some Encodable) -> String {
        String(decoding: (try? JSONEncoder().encode(value)) ?? Data(), as: UTF8.self)
    }

    private func decode<V: Decodable>(_ line: String) throws -> V {
        try JSONDecoder().decode(V.self, from: Data(ask(line)))
    }
}
