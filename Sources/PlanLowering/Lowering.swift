import PlanModel
import SpecCatalog

/// Does the arithmetic: a catalog without errors in, a plan out.
package struct Lowering {
  let catalog: Catalog
}
