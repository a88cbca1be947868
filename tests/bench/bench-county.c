/* Fills a central service's store that is empty: bench-county STORE SITES RECORDS LARGE writes RECORDS records, LARGE of them at the
 * first site and the others at the further ones; the sites are called B000, B001, … */
#include <stdlib.h>

#include "limber-bench-visits.h"

int
main (int argc, char **argv)
{
  g_autoptr (LimberEnv) env = limber_env_new_system ();
  g_autoptr (GError) error = NULL;
  guint sites, records, large;
  LimberStore *store;

  if (argc < 5)
    g_error ("usage: bench-county STORE SITES RECORDS LARGE");
  sites = (guint) atoi (argv[2]);
  records = (guint) atoi (argv[3]);
  large = (guint) atoi (argv[4]);
  store = limber_store_open (argv[1], LIMBER_STORE_OWN, env, &error);
  if (store == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; i < sites; i++) {
    LimberBenchVisits visits = { .random = i + 1, .people = (i == 0 ? large : (records - large) / (sites - 1)) / LIMBER_BENCH_RECORDS_A_PERSON };
    g_autofree char *code = g_strdup_printf ("B%03u", i);

    limber_bench_visits_write_site (store, code, &visits.site);
    limber_bench_visits_write (store, &visits);
  }
  limber_store_close (store);
  g_object_unref (store);
  return 0;
}
