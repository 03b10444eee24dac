import Domain
@testable import Modbus
import Testing

@Suite struct `What an exchange brought` {
    private let endpoint = ModbusEndpoint.serialLine(path: "/dev/ttyUSB9", settings: .init())
    private let range = RegisterRange(.holding, start: 10, count: 2)

    private func result(_ exchange: BusExchange) -> Result<RegisterBlock, ModbusError>? {
        exchange.result(of: range, unit: UnitID(3), at: endpoint)
    }

    private func isNothing(_ exchange: BusExchange) -> Bool { if case nil = result(exchange) { true } else { false } }

    @Test(arguments: [
        ModbusError.Kind.portMissing, .portBusy, .portForbidden, .portLost, .portFailed("x"), .tooManyDescriptors,
        .noThread("x"), .nameUnknown("x"), .tcpRefused, .tcpUnreachable("x"), .tcpTimeout, .tcpFailed("x"),
        .closedByPeer, .timeout, .crc, .badFrame("x"), .foreignReply(UnitID(2)), .foreignTransaction(700), .distrusted,
        .echo, .exception(11),
    ])
    func `is the same failure after it was told`(kind: ModbusError.Kind) {
        let error = ModbusError(kind: kind, endpoint: endpoint, unit: UnitID(3), range: range)
        guard case .failure(let told)? = result(BusExchange(.failure(error))) else {
            Issue.record("\(kind) is told as nothing")
            return
        }
        #expect(told == error)
    }

    @Test func `is the same block after it was told`() throws {
        let block = RegisterBlock(range: range, words: [1, 2], arrived: Uptime(nanoseconds: 5))
        let told = try result(BusExchange(.success(block)))?.get()
        #expect(told?.words == block.words && told?.range == range && told?.arrived == block.arrived)
    }

    @Test func `is nothing where its words are too few, or its failure is of a newer program`() {
        var exchange = BusExchange()
        #expect(isNothing(exchange))
        exchange.words = [1]
        #expect(isNothing(exchange))
        exchange.failure = .init(word: "frozen")
        #expect(isNothing(exchange))
    }
}
