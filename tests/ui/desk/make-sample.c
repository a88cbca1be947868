/* Makes a desk's store with a sample day, to look at the screens by hand: make-sample DIR [APPOINTMENTS [PINS]]. Use it with
 * LIMBER_NOW=2026-11-23T09:41:00+00:00; the PIN is SAMPLE_PIN. */
#include "limber-test.h"
#include "sample.h"

#include <stdlib.h>

int
main (int argc, char **argv)
{
  TestClock clock = { 0 };
  g_autoptr (LimberEnv) env = test_env_new (&clock);
  g_autoptr (LimberStore) store = NULL;
  LimberId site;

  if (argc < 2)
    return 2;
  sample_id (&site, "site");
  store = test_store_new (argv[1], env, LIMBER_CLASS_DESK, &site);
  sample_site (store);
  sample_staff (store, argc < 4 || atoi (argv[3]));
  if (argc < 3 || atoi (argv[2]) >= 12)
    sample_day (store, argc > 2 ? (guint) atoi (argv[2]) : 40);
  limber_store_close (store);
  return 0;
}
