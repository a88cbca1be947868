#include "limber-open.h"

#include <glib/gi18n-lib.h>

#include "limber-error.h"

/* Why a store of this class is no store for the program that asked. */
static const char *
refusal (LimberClass klass)
{
  switch (klass) {
  case LIMBER_CLASS_KIOSK:
    return _("This is a kiosk’s store: it holds only what patients’ check-in needs. Staff screens do not run on it.");
  case LIMBER_CLASS_BOARD:
    return _("This is the store of a waiting-room screen. It holds nothing for this program.");
  case LIMBER_CLASS_HUB:
    return _("This is a hub’s store, and limber-node works on it. Join this computer as a desk beside it.");
  case LIMBER_CLASS_CENTRAL:
    return _("This is the central store, and limber-node works on it. Join this computer as an office or a desk.");
  default:
    return _("This is a store with staff’s records. The public screens do not run on it.");
  }
}

/**
 * limber_open_store:
 * @dir: its folder
 * @classes: the classes of device that the program serves
 * @env: the clock and the rest
 * @error: LIMBER_ERROR_REFUSED when the store is another class of device's; else as limber_store_open()
 *
 * Opens a store to own it, for as long as the program runs.
 *
 * Returns: (transfer full) (nullable): the store
 */
LimberStore *
limber_open_store (const char *dir, LimberClass classes, LimberEnv *env, GError **error)
{
  g_autoptr (LimberStore) store = limber_store_open (dir, LIMBER_STORE_OWN_SOON, env, error);
  LimberClass klass;

  if (store == NULL)
    return NULL;
  klass = limber_store_identity (store)->klass;
  if ((klass & classes) != 0)
    return g_steal_pointer (&store);
  limber_store_close (store);
  g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, refusal (klass));
  return NULL;
}
