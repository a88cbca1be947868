#include "limber-bench-visits.h"

#include "limber-bench.h"
#include "limber-demo-words.h"
#include "limber-edit.h"
#include "limber-nhs-number.h"
#include "limber-transaction.h"

#define PEOPLE_A_BATCH 1000
#define MINUTE G_GINT64_CONSTANT (60000)

static const LimberAuthor author = { "0192f1c3-7c1e-7b7e-9c55-0d8a1a2b3c4d", "service-manager" };

/* xorshift64* */
static guint
below (LimberBenchVisits *visits, guint n)
{
  visits->random ^= visits->random >> 12;
  visits->random ^= visits->random << 25;
  visits->random ^= visits->random >> 27;
  return (guint) ((visits->random * G_GUINT64_CONSTANT (2685821657736338717)) >> 33) % n;
}

static char *
one_of (LimberBenchVisits *visits, const char *words)
{
  g_auto (GStrv) all = g_strsplit (words, "|", -1);

  return g_strdup (all[below (visits, g_strv_length (all))]);
}

static void
set_nhs_number (LimberBenchVisits *visits, LimberEdit *edit)
{
  char number[11];

  do
    g_snprintf (number, sizeof number, "999%07u", below (visits, 10000000));
  while (!limber_nhs_number_is_valid (number));
  limber_edit_set_text (edit, "nhs_number", number);
  limber_edit_set_text (edit, "nhs_status", "02");
}

static gboolean
add_person (LimberTransaction *transaction, LimberBenchVisits *visits, LimberId *patient, GError **error)
{
  const LimberDemoNames *names = &limber_demo_names[below (visits, G_N_ELEMENTS (limber_demo_names))];
  g_autofree char *family = one_of (visits, names->family), *given = one_of (visits, names->women), *street = one_of (visits, limber_demo_streets);
  g_autofree char *address = g_strdup_printf ("%u %s, Harrow", 1 + below (visits, 200), street), *mobile = g_strdup_printf ("07700900%03u", below (visits, 1000));
  g_autofree char *born = g_strdup_printf ("%u-%02u-%02u", 1930 + below (visits, 80), 1 + below (visits, 12), 1 + below (visits, 28));
  g_autofree char *postcode = g_strdup_printf ("HA%u %u%c%c", 1 + below (visits, 9), below (visits, 10), 'A' + below (visits, 26), 'A' + below (visits, 26));
  g_autoptr (LimberEdit) edit = NULL;

  limber_id_init_new (patient, limber_transaction_env (transaction));
  edit = limber_edit_new ("patient", patient);
  set_nhs_number (visits, edit);
  limber_edit_set_text (edit, "family", family);
  limber_edit_set_text (edit, "given", given);
  limber_edit_set_text (edit, "born", born);
  limber_edit_set_text (edit, "sex", "2");
  limber_edit_set_text (edit, "mobile", mobile);
  limber_edit_set_text (edit, "address", address);
  limber_edit_set_text (edit, "postcode", postcode);
  limber_edit_set_id (edit, "site", &visits->site);
  return limber_transaction_edit (transaction, edit, &author, error);
}

static gboolean
arrive (LimberTransaction *transaction, LimberBenchVisits *visits, const LimberId *patient, const LimberId *appointment, gint64 at, GError **error)
{
  g_autoptr (LimberEdit) arrival = NULL, status = limber_edit_new ("appointment", appointment);
  LimberId id;

  limber_id_init_beside (&id, appointment, "arrival", "0", NULL);
  arrival = limber_edit_new ("arrival", &id);
  limber_edit_set_id (arrival, "appointment", appointment);
  limber_edit_set_id (arrival, "patient", patient);
  limber_edit_set_integer (arrival, "round", 0);
  limber_edit_set_integer (arrival, "at", at);
  limber_edit_set_text (arrival, "via", "desk");
  limber_edit_set_word (status, "status", "arrived");
  return limber_transaction_edit (transaction, arrival, &author, error) && (!visits->statuses || limber_transaction_edit (transaction, status, &author, error));
}

static gboolean
add_visit (LimberTransaction *transaction, LimberBenchVisits *visits, const LimberId *patient, GError **error)
{
  gint64 start = (limber_transaction_now (transaction) / MINUTE / 5 - below (visits, 20000)) * 5 * MINUTE;
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  limber_id_init_new (&id, limber_transaction_env (transaction));
  edit = limber_edit_new ("appointment", &id);
  limber_edit_set_id (edit, "patient", patient);
  limber_edit_set_id (edit, "site", &visits->site);
  limber_edit_set_integer (edit, "start", start);
  limber_edit_set_integer (edit, "minutes", below (visits, 3) == 0 ? 30 : 20);
  limber_edit_set_text (edit, "type", below (visits, 3) == 0 ? "new" : "follow-up");
  limber_edit_set_word (edit, "status", visits->statuses ? "booked" : "seen");
  return limber_transaction_edit (transaction, edit, &author, error) && arrive (transaction, visits, patient, &id, start - below (visits, 30) * 1000 * 20, error);
}

static gboolean
add_people (LimberTransaction *transaction, gpointer data, GError **error)
{
  LimberBenchVisits *visits = data;

  for (guint n = 0; n < PEOPLE_A_BATCH && visits->people > 0; n++, visits->people--) {
    LimberId patient;

    if (!add_person (transaction, visits, &patient, error))
      return FALSE;
    for (guint visit = 0; visit < 2; visit++)
      if (!add_visit (transaction, visits, &patient, error))
        return FALSE;
  }
  return TRUE;
}

typedef struct {
  const char *code;
  LimberId   *id;
} Site;

/* Who does all that, so that central believes it. */
static gboolean
add_author (LimberTransaction *transaction, GError **error)
{
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  g_assert_true (limber_id_parse (&id, author.author));
  edit = limber_edit_new ("staff", &id);
  limber_edit_set_text (edit, "number", "B1");
  limber_edit_set_text (edit, "family", "Bench");
  limber_edit_set_text (edit, "given", "Ada");
  limber_edit_set_text (edit, "role", author.role);
  return limber_transaction_edit (transaction, edit, &author, error);
}

static gboolean
add_site (LimberTransaction *transaction, gpointer data, GError **error)
{
  const Site *site = data;
  g_autoptr (LimberEdit) edit = NULL;

  limber_id_init_new (site->id, limber_transaction_env (transaction));
  edit = limber_edit_new ("site", site->id);
  limber_edit_set_text (edit, "code", site->code);
  limber_edit_set_text (edit, "name", site->code);
  return limber_transaction_edit (transaction, edit, &author, error) && add_author (transaction, error);
}

/**
 * limber_bench_visits_write_site:
 * @code: its code and its name
 * @site: (out caller-allocates): its id
 */
void
limber_bench_visits_write_site (LimberStore *store, const char *code, LimberId *site)
{
  limber_bench_write (store, add_site, &(Site){ code, site });
}

/**
 * limber_bench_visits_write:
 *
 * Writes everybody whom @visits still names.
 *
 * Returns: how many entries that was
 */
guint
limber_bench_visits_write (LimberStore *store, LimberBenchVisits *visits)
{
  guint entries = visits->people * (LIMBER_BENCH_RECORDS_A_PERSON + (visits->statuses ? 2 : 0));

  while (visits->people > 0)
    limber_bench_write (store, add_people, visits);
  return entries;
}
