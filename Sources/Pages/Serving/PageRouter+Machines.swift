import Control
import Control
import HTTP
import Metrics
import NIOHTTP1

extension PageRouter {
    /// What programs ask for: metrics, health, the status as it is; nil for another address.
    func forMachines(_ page: PageRequest) async -> Reply? {
        switch page.path {
        case ["metrics"]:
            // Without a gateway the metrics say just that.
            let metrics = Metrics(try? await desk.status())
            let format = MetricsFormat(accept: page.accept)
            return .text(metrics.text(format), type: format.contentType)
        case ["healthz"]:
            // Nor does health need an answer.
            let health = Health(of: try? await desk.status())
            var reply = Reply.json(health.json)
            reply.status = HTTPResponseStatus(statusCode: health.code)
            return reply
        case ["api", "status.json"]:
            do {
                return .json(try await desk.status().json)
            } catch {
                var reply = Reply.json(ControlRequest.error("\(error)"))
                reply.status = .serviceUnavailable
                return reply
            }
        default: return nil
        }
    }
}
