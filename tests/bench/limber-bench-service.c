/* People and appointments are made from their numbers, so that a bench knows whom it made without reading them. */
#include "limber-bench-service.h"

#include "limber-bench.h"
#include "limber-demo-words.h"
#include "limber-test.h"

#define BATCH 5000
#define SITES 150
#define AROUND 360   /* days before and after, over which the others' appointments are spread */
#define SLOT G_GINT64_CONSTANT (240000)
#define DAY G_GINT64_CONSTANT (86400000)

typedef struct {
  const LimberBenchService *service;
  guint                     from, to;
} Batch;

static const LimberAuthor author = { "system:bench", "bench" };

static void
patient_id (guint n, LimberId *id)
{
  g_autofree char *name = g_strdup_printf ("patient-%u", n);

  test_id (id, name);
}

/**
 * limber_bench_service_born:
 * @n: the patient's number
 *
 * Every birthday of eighty years, in turn.
 */
void
limber_bench_service_born (guint n, GDate *date)
{
  g_date_clear (date, 1);
  g_date_set_dmy (date, 1, G_DATE_JANUARY, 1930);
  g_date_add_days (date, n * 7919 % (80 * 365));
}

/* One of a list's names; (transfer full). */
static char *
nth_name (const char *list, guint n)
{
  g_auto (GStrv) names = g_strsplit (list, "|", -1);

  return g_strdup (names[n % g_strv_length (names)]);
}

/* As a county has them: many bear the same name. */
static const LimberDemoNames *
names_of (guint n)
{
  return &limber_demo_names[n % G_N_ELEMENTS (limber_demo_names)];
}

static char *
family_of (guint n)
{
  return nth_name (names_of (n)->family, n / 7);
}

/**
 * limber_bench_service_initial:
 * @n: the patient's number
 *
 * Returns: that of her family name
 */
gunichar
limber_bench_service_initial (guint n)
{
  g_autofree char *family = family_of (n);

  return g_utf8_get_char (family);
}

static gboolean
add_patients (LimberTransaction *transaction, gpointer data, GError **error)
{
  Batch *batch = data;

  for (guint n = batch->from; n < batch->to; n++) {
    g_autofree char *family = family_of (n), *given = nth_name (n % 2 == 0 ? names_of (n)->women : names_of (n)->men, n / 11);
    g_autofree char *born = NULL;
    g_autoptr (LimberEdit) edit = NULL;
    char nhs_number[11];
    LimberId id;
    GDate date;

    limber_bench_service_born (n, &date);
    born = g_strdup_printf ("%04u-%02u-%02u", g_date_get_year (&date), (guint) g_date_get_month (&date), (guint) g_date_get_day (&date));
    patient_id (n, &id);
    edit = limber_edit_new ("patient", &id);
    limber_edit_set_text (edit, "family", family);
    limber_edit_set_text (edit, "given", given);
    if (!limber_edit_parse (edit, "born", born, error))
      return FALSE;
    if (n < 80000) {
      test_nhs_number (n, nhs_number);
      limber_edit_set_text (edit, "nhs_number", nhs_number);
    }
    limber_edit_set_text (edit, "postcode", "HA1 1AA");
    limber_edit_set_id (edit, "site", &batch->service->site);
    if (!limber_transaction_edit (transaction, edit, &author, error))
      return FALSE;
  }
  return TRUE;
}

static void
clinician_id (guint n, LimberId *id)
{
  g_autofree char *name = g_strdup_printf ("clinician-%u", n % LIMBER_BENCH_CLINICIANS);

  test_id (id, name);
}

/**
 * limber_bench_service_start:
 * @n: an appointment's number
 *
 * Returns: when it is, milliseconds UTC
 */
gint64
limber_bench_service_start (guint n)
{
  return TEST_NOW + n / LIMBER_BENCH_A_DAY * DAY + n % LIMBER_BENCH_A_DAY * SLOT;
}

/**
 * limber_bench_service_patient:
 * @n: an appointment's number
 *
 * Returns: whose it is, as a patient's number
 */
guint
limber_bench_service_patient (guint n)
{
  return n * 211;
}

/* @clinician: (nullable) */
static gboolean
add_appointment (LimberTransaction *transaction, const char *name, const LimberId *patient, const LimberId *site, const LimberId *clinician, gint64 start, GError **error)
{
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  test_id (&id, name);
  edit = limber_edit_new ("appointment", &id);
  limber_edit_set_id (edit, "patient", patient);
  limber_edit_set_id (edit, "site", site);
  if (clinician != NULL)
    limber_edit_set_id (edit, "clinician", clinician);
  limber_edit_set_integer (edit, "start", start);
  limber_edit_set_integer (edit, "minutes", 20);
  limber_edit_set_word (edit, "status", "booked");
  return limber_transaction_edit (transaction, edit, &author, error);
}

static gboolean
add_appointments (LimberTransaction *transaction, gpointer data, GError **error)
{
  Batch *batch = data;

  for (guint n = batch->from; n < batch->to; n++) {
    g_autofree char *name = g_strdup_printf ("appointment-%u", n);
    LimberId patient, clinician;

    patient_id (limber_bench_service_patient (n), &patient);
    clinician_id (n, &clinician);
    if (!add_appointment (transaction, name, &patient, &batch->service->site, &clinician, limber_bench_service_start (n), error))
      return FALSE;
  }
  return TRUE;
}

/* The appointments of all other sites, on the same days and for two years. */
static gboolean
add_others (LimberTransaction *transaction, gpointer data, GError **error)
{
  Batch *batch = data;

  for (guint n = batch->from; n < batch->to; n++) {
    g_autofree char *name = g_strdup_printf ("other-%u", n), *place = g_strdup_printf ("site-%u", n % (SITES - 1));
    LimberId patient, site;

    test_id (&site, place);
    patient_id (n % batch->service->patients, &patient);
    if (!add_appointment (transaction, name, &patient, &site, NULL, TEST_NOW + ((gint64) (n % (2 * AROUND)) - AROUND) * DAY + n / (2 * AROUND) % 100 * SLOT, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_staff (LimberTransaction *transaction, gpointer data, GError **error)
{
  for (guint n = 0; n < LIMBER_BENCH_CLINICIANS; n++) {
    g_autofree char *number = g_strdup_printf ("S%u", n), *given = g_strdup_printf ("Given%u", n);
    g_autoptr (LimberEdit) edit = NULL;
    LimberId id;

    clinician_id (n, &id);
    edit = limber_edit_new ("staff", &id);
    limber_edit_set_text (edit, "number", number);
    limber_edit_set_text (edit, "given", given);
    limber_edit_set_text (edit, "family", "Bench");
    limber_edit_set_text (edit, "role", "physiotherapist");
    if (!limber_transaction_edit (transaction, edit, &author, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_site (LimberTransaction *transaction, gpointer data, GError **error)
{
  Batch *batch = data;
  g_autoptr (LimberEdit) edit = limber_edit_new ("site", &batch->service->site);

  limber_edit_set_text (edit, "code", "BENCH");
  limber_edit_set_text (edit, "name", "Bench");
  return limber_transaction_edit (transaction, edit, &author, error);
}

static void
write_batches (LimberStore *store, LimberWriteFunc func, Batch *batch, guint n)
{
  for (guint from = 0; from < n; from += BATCH) {
    batch->from = from;
    batch->to = MIN (from + BATCH, n);
    limber_bench_write (store, func, batch);
  }
}

/**
 * limber_bench_service_fill:
 * @service: what there is to be
 *
 * Fills a store with a site, its staff, everybody whom the service knows, the site's appointments from %TEST_NOW on, and those of other sites.
 *
 * Returns: seconds that it took
 */
double
limber_bench_service_fill (LimberStore *store, const LimberBenchService *service)
{
  Batch batch = { .service = service };
  gint64 start = limber_bench_now ();

  limber_bench_write (store, add_site, &batch);
  limber_bench_write (store, add_staff, &batch);
  write_batches (store, add_patients, &batch, service->patients);
  write_batches (store, add_appointments, &batch, LIMBER_BENCH_DAYS * LIMBER_BENCH_A_DAY);
  write_batches (store, add_others, &batch, service->appointments - LIMBER_BENCH_DAYS * LIMBER_BENCH_A_DAY);
  return (double) (limber_bench_now () - start) / 1e9;
}
