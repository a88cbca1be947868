#include "limber-live-query.h"
#include "limber-test.h"

typedef struct {
  guint spans, removed, added;
} Seen;

static void
on_items_changed (GListModel *list, guint position, guint removed, guint added, Seen *seen)
{
  seen->spans++;
  seen->removed += removed;
  seen->added += added;
}

static gboolean
is_loaded (gpointer data)
{
  return limber_live_query_is_loaded (data);
}

static gboolean
has_changed (gpointer data)
{
  return ((Seen *) data)->spans > 0;
}

static void
put_site (LimberStore *store, const char *code, const char *name)
{
  LimberId id;

  test_id (&id, code);
  test_store_put (store, "site", &id, "code", code, "name", name, NULL);
}

static void
test_stays_true (void)
{
  TestClock clock = { 0 };
  g_autoptr (LimberEnv) env = test_env_new (&clock);
  g_autofree char *dir = test_dir_new ();
  g_autoptr (LimberStore) store = test_store_new (dir, env, LIMBER_CLASS_CENTRAL, NULL);
  LimberLiveQuery *sites;
  g_autoptr (LimberRow) first = NULL, again = NULL;
  Seen seen = { 0 };

  put_site (store, "LMB01", "Alexandra Avenue");
  put_site (store, "LMB03", "Honeypot Lane");
  sites = limber_live_query_new (store, "sites", "");
  g_assert_true (test_wait (is_loaded, sites));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (sites)), ==, 2);
  first = g_list_model_get_item (G_LIST_MODEL (sites), 0);
  g_signal_connect (sites, "items-changed", G_CALLBACK (on_items_changed), &seen);
  put_site (store, "LMB02", "Belmont");
  g_assert_true (test_wait (has_changed, &seen));
  g_assert_cmpuint (seen.spans, ==, 1); /* one row came, none was touched */
  g_assert_cmpuint (seen.removed, ==, 0);
  g_assert_cmpuint (seen.added, ==, 1);
  again = g_list_model_get_item (G_LIST_MODEL (sites), 0);
  g_assert_true (first == again);
  seen = (Seen){ 0 };
  put_site (store, "LMB02", "Belmont Health Centre");
  g_assert_true (test_wait (has_changed, &seen));
  g_assert_cmpuint (seen.removed, ==, 1);
  g_assert_cmpuint (seen.added, ==, 1);
  g_assert_finalize_object (sites);
  limber_store_close (store);
  test_dir_remove (dir);
}

static void
note_first (LimberLiveQuery *query, GString *order)
{
  g_string_append_c (order, limber_live_query_is_reading (query) ? '!' : *(const char *) g_object_get_data (G_OBJECT (query), "mark"));
}

static gboolean
both_settled (gpointer data)
{
  return ((GString *) data)->len == 2;
}

/* What nobody looks at is read after what is looked at, and each tells when it is what the store says, be it as before. */
static void
test_the_patient_one_comes_second (void)
{
  TestClock clock = { 0 };
  g_autoptr (LimberEnv) env = test_env_new (&clock);
  g_autofree char *dir = test_dir_new ();
  g_autoptr (LimberStore) store = test_store_new (dir, env, LIMBER_CLASS_CENTRAL, NULL);
  LimberLiveQuery *patient = limber_live_query_new (store, "sites", ""), *other = limber_live_query_new (store, "sites", "");
  g_autoptr (GString) order = g_string_new (NULL);

  limber_live_query_set_patient (patient, TRUE);
  g_assert_true (test_wait (is_loaded, patient));
  g_assert_true (test_wait (is_loaded, other));
  g_object_set_data (G_OBJECT (patient), "mark", (gpointer) "p");
  g_object_set_data (G_OBJECT (other), "mark", (gpointer) "o");
  g_signal_connect (patient, "settled", G_CALLBACK (note_first), order);
  g_signal_connect (other, "settled", G_CALLBACK (note_first), order);
  put_site (store, "LMB01", "Alexandra Avenue");
  g_assert_true (test_wait (both_settled, order));
  g_assert_cmpstr (order->str, ==, "op");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (patient)), ==, 1);
  g_assert_finalize_object (patient);
  g_assert_finalize_object (other);
  limber_store_close (store);
  test_dir_remove (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/live-query/keeps-itself-true-with-the-fewest-changes", test_stays_true);
  g_test_add_func ("/store/live-query/reads-what-nobody-looks-at-second", test_the_patient_one_comes_second);
  return g_test_run ();
}
