/// Every kind of artifact, a line each.
package enum EmitterRegistry {
  package static let all: [Emitter] = [
    .prometheus,
    .alertmanager,
    .grafana,
    .tables,
    .gatePolicy,
    .catalogue,
    .delivery,
  ]
}
