/* Everything random comes from one generator in one order, so that the same plan makes the same files.
 *
 * On purpose in every county of a hundred people and more: twins; a father and son of one name; people without an NHS
 * number; people who died; people whose address and telephone must not be shown; compound and accented names; a second
 * appointment on the same day; cancelled ones. Those who are hard to tell apart have their appointments at one site today. */
#include "limber-demo.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "limber-cause.h"
#include "limber-csv.h"
#include "limber-date.h"
#include "limber-demo-words.h"
#include "limber-error.h"

#define MINUTE G_GINT64_CONSTANT (60000)
#define SLOT (30 * MINUTE)
#define DAYS_BEFORE 2
#define DAYS_AFTER 7

typedef struct {
  char       *number;
  char       *nhs_number; /* "" none */
  char       *family;
  char       *given;
  char       *born;
  char       *street;
  char       *postcode;
  char       *practice;
  const char *language;
  int         sex;   /* 1 male, 2 female */
  int         group; /* people to be kept together: the number of the group's first person, -1 none */
  gboolean    dead;
  gboolean    away;   /* has an appointment on the day that is being filled */
} Person;

typedef struct {
  char       *number;
  guint       person;
  const char *service;
  const char *reason;
} Referral;

typedef struct {
  const LimberDemoPlan *plan;
  GRand     *rand;
  gint64     today, tomorrow; /* the bounds of plan->date */
  GPtrArray *people;
  GPtrArray *referrals;
  GPtrArray *staff;    /* char **: number, role, site */
  guint     *queue;    /* referrals in the order in which they get appointments */
  guint      next;     /* in the queue */
  guint      nhs;      /* stem of the last NHS number */
  GString   *out;      /* the list that is being written */
  LimberDemoCount count;
} Demo;

static void
person_free (gpointer data)
{
  Person *person = data;

  g_free (person->number);
  g_free (person->nhs_number);
  g_free (person->family);
  g_free (person->given);
  g_free (person->born);
  g_free (person->street);
  g_free (person->postcode);
  g_free (person->practice);
  g_free (person);
}

static void
referral_free (gpointer data)
{
  Referral *referral = data;

  g_free (referral->number);
  g_free (referral);
}

static int
below (Demo *demo, int n)
{
  return g_rand_int_range (demo->rand, 0, n);
}

/* One of the parts between "|". */
static char *
pick (Demo *demo, const char *list)
{
  g_auto (GStrv) parts = g_strsplit (list, "|", -1);

  return g_strdup (parts[below (demo, (int) g_strv_length (parts))]);
}

/* The same, as a piece of @list that stays. */
static const char *
pick_static (Demo *demo, const char *list)
{
  g_autofree char *found = pick (demo, list);

  return g_intern_string (found);
}

static void
row (Demo *demo, ...)
{
  const char *cells[LIMBER_CSV_COLUMNS_MAXIMUM];
  guint n = 0;
  va_list args;

  va_start (args, demo);
  for (const char *cell = va_arg (args, const char *); cell != NULL; cell = va_arg (args, const char *))
    cells[n++] = cell;
  va_end (args);
  limber_csv_append_row (demo->out, ',', cells, n);
}

static gboolean
save (Demo *demo, const char *dir, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  gboolean ok = g_file_set_contents (path, demo->out->str, (gssize) demo->out->len, error);

  g_string_truncate (demo->out, 0);
  return ok;
}

static const LimberDemoNames *
pick_names (Demo *demo)
{
  int at = below (demo, 100), i = 0;

  while (i + 1 < (int) G_N_ELEMENTS (limber_demo_names) && at >= limber_demo_names[i].weight)
    at -= limber_demo_names[i++].weight;
  return &limber_demo_names[i];
}

static const char *
pick_service (Demo *demo)
{
  int at = below (demo, 100), i = 0;

  while (i + 1 < (int) G_N_ELEMENTS (limber_demo_services) && at >= limber_demo_services[i].weight)
    at -= limber_demo_services[i++].weight;
  return limber_demo_services[i].code;
}

/* The next number of the test range that passes Modulus 11; the step walks through all of the range before one returns. */
static char *
next_nhs_number (Demo *demo)
{
  for (;;) {
    char stem[10];
    int sum = 0, check;

    demo->nhs = (demo->nhs + 617429) % 1000000;
    g_snprintf (stem, sizeof stem, "999%06u", demo->nhs);
    for (int i = 0; i < 9; i++)
      sum += (stem[i] - '0') * (10 - i);
    check = 11 - sum % 11;
    if (check != 10)
      return g_strdup_printf ("%s%d", stem, check % 11);
  }
}

static char *
pick_phone (Demo *demo)
{
  static const char *const forms[] = { "07700 900%03d", "+447700900%03d", "07700-900-%03d" };
  int form = below (demo, 7), number = below (demo, 1000);

  return form == 6 ? g_strdup ("") : g_strdup_printf (forms[form % 3], number);
}

static void
write_practices (Demo *demo)
{
  row (demo, "code", "name", "address", "postcode", "phone", NULL);
  for (int i = 0; i < LIMBER_DEMO_PRACTICES; i++) {
    g_autofree char *code = g_strdup_printf ("X98%03d", i + 1), *street = pick (demo, limber_demo_streets);
    g_autofree char *address = g_strdup_printf ("%d %s; Harrow; Middlesex", below (demo, 90) + 1, street);
    g_autofree char *postcode = g_strdup_printf ("HA%d %dQQ", below (demo, 5) + 1, below (demo, 9) + 1), *phone = g_strdup_printf ("020 7946 0%03d", below (demo, 1000));

    row (demo, code, limber_demo_practices[i], address, postcode, phone, NULL);
  }
}

static void
write_sites (Demo *demo)
{
  row (demo, "code", "name", "kind", "places", NULL);
  for (int i = 0; i < LIMBER_DEMO_SITES; i++)
    row (demo, limber_demo_sites[i].code, limber_demo_sites[i].name, limber_demo_sites[i].kind, limber_demo_sites[i].places, NULL);
}

/* Each site has all but the last two roles; a navigator and a manager work at the first. */
static void
write_staff (Demo *demo)
{
  row (demo, "id", "family", "given", "role", "site", "trained", NULL);
  for (int site = 0; site < LIMBER_DEMO_SITES; site++)
    for (guint i = 0; i < G_N_ELEMENTS (limber_demo_staff_roles) - (site == 0 ? 0 : 2); i++) {
      const LimberDemoNames *names = pick_names (demo);
      g_autofree char *number = g_strdup_printf ("S%04u", demo->staff->len + 1), *family = pick (demo, names->family);
      g_autofree char *given = pick (demo, below (demo, 3) == 0 ? names->men : names->women);
      const char *role = limber_demo_staff_roles[i];
      gboolean leads = g_str_equal (role, "physiotherapist") || g_str_equal (role, "exercise-professional");

      row (demo, number, family, given, role, limber_demo_sites[site].code, leads ? "escape-knee-hip;escape-back" : "", NULL);
      g_ptr_array_add (demo->staff, g_strdupv ((char *[]){ number, (char *) role, (char *) limber_demo_sites[site].code, NULL }));
    }
}

static Person *
new_person (Demo *demo, guint i, const LimberDemoNames *names)
{
  Person *person = g_new0 (Person, 1);
  g_autofree char *street = pick (demo, limber_demo_streets);
  int years = 17 + below (demo, 40) + below (demo, 42);

  person->number = g_strdup_printf ("P%07u", i + 1);
  person->nhs_number = i % 50 == 5 ? g_strdup ("") : next_nhs_number (demo);
  person->sex = below (demo, 2) + 1;
  person->family = pick (demo, names->family);
  if (below (demo, 100) < 7) {
    g_autofree char *first = person->family, *second = pick (demo, pick_names (demo)->family);

    person->family = g_strdup_printf ("%s-%s", first, second);
  }
  person->given = pick (demo, person->sex == 1 ? names->men : names->women);
  person->born = limber_date_add_days (demo->plan->date, -(years * 365 + below (demo, 365)));
  person->street = g_strdup_printf ("%d %s", below (demo, 180) + 1, street);
  person->postcode = g_strdup_printf ("HA%d %d%c%c", below (demo, 9) + 1, below (demo, 9) + 1, "ABDEFGHJLNPQ"[below (demo, 12)], "PQRSTUWXYZ"[below (demo, 10)]);
  person->practice = i % 40 == 11 ? g_strdup ("V81999") : g_strdup_printf ("X98%03d", below (demo, LIMBER_DEMO_PRACTICES) + 1);
  person->language = below (demo, 5) < 2 ? names->language : "en";
  person->group = -1;
  person->dead = i % 60 == 3;
  return person;
}

static void
share (char **text, const char *of)
{
  g_free (*text);
  *text = g_strdup (of);
}

/* Makes @person the twin, or the son's father, of the one before. */
static void
relate (Person *person, Person *before, guint index, gboolean twin)
{
  share (&person->family, before->family);
  share (&person->street, before->street);
  share (&person->postcode, before->postcode);
  if (twin)
    share (&person->born, before->born);
  else {
    g_free (person->born);
    person->born = limber_date_add_days (before->born, -28 * 365);
    share (&person->given, before->given);
    person->sex = before->sex;
  }
  person->group = before->group = (int) index - 1;
  person->dead = before->dead = FALSE;
}

static void
write_person (Demo *demo, guint i, const Person *person)
{
  static const char *const titles[2][4] = { { "Mr", "Mr", "Mr", "Dr" }, { "Mrs", "Ms", "Miss", "Dr" } };
  g_autofree char *mobile = pick_phone (demo), *phone = i % 3 != 0 ? g_strdup ("") : g_strdup_printf ("020 7946 0%03d", below (demo, 1000));
  g_autofree char *given = g_ascii_strdown (person->given, -1), *email = NULL, *address = g_strdup_printf ("%s;Harrow", person->street);
  g_autofree char *needs = below (demo, 12) == 0 ? pick (demo, limber_demo_needs) : g_strdup (""), *died = NULL;
  const char *title = below (demo, 6) == 0 ? "" : titles[person->sex - 1][below (demo, 4)];

  if (strlen (needs) > 0 && below (demo, 3) == 0) {
    g_autofree char *one = needs, *two = pick (demo, limber_demo_needs);

    needs = g_str_equal (one, two) ? g_steal_pointer (&one) : g_strjoin (";", one, two, NULL);
  }
  email = g_str_is_ascii (given) && strchr (given, ' ') == NULL && i % 2 == 0 ? g_strdup_printf ("%s.%u@example.org", given, i + 1) : g_strdup ("");
  died = person->dead ? limber_date_add_days (demo->plan->date, -1 - below (demo, 300)) : g_strdup ("");
  row (demo, person->number, person->nhs_number, person->family, person->given, title, person->born, i % 120 == 7 ? "X" : person->sex == 1 ? "1" : "2", mobile, phone, email, address,
       person->postcode, person->practice, person->language, needs, i % 40 == 9 ? "1" : "0", died, NULL);
}

static void
write_patients (Demo *demo)
{
  for (guint i = 0; i < demo->plan->patients; i++) {
    Person *person = new_person (demo, i, pick_names (demo)), *before = i > 0 ? g_ptr_array_index (demo->people, i - 1) : NULL;

    if (before != NULL && (i % 100 == 17 || i % 100 == 34))
      relate (person, before, i, i % 100 == 17);
    g_ptr_array_add (demo->people, person);
  }
  row (demo, "id", "nhs_number", "family", "given", "title", "born", "sex", "mobile", "phone", "email", "address", "postcode", "gp", "language", "needs", "restricted", "died", NULL);
  for (guint i = 0; i < demo->people->len; i++)
    write_person (demo, i, g_ptr_array_index (demo->people, i));
}

static gboolean
is_hard (guint i, const Person *person)
{
  return person->group >= 0 || i % 40 == 9 || i % 50 == 5;
}

static void
write_referrals (Demo *demo)
{
  row (demo, "id", "patient", "received", "source", "from", "service", "priority", "reason", NULL);
  for (guint i = 0; i < demo->people->len; i++) {
    const Person *person = g_ptr_array_index (demo->people, i);
    Referral *referral;
    g_autofree char *received = NULL;

    if (person->dead || (!is_hard (i, person) && below (demo, 100) >= 70))
      continue;
    referral = g_new0 (Referral, 1);
    referral->number = g_strdup_printf ("R%06u", demo->referrals->len + 1);
    referral->person = i;
    referral->service = pick_service (demo);
    referral->reason = pick_static (demo, limber_demo_reasons);
    g_ptr_array_add (demo->referrals, referral);
    received = limber_date_add_days (demo->plan->date, -3 - below (demo, 300));
    row (demo, referral->number, person->number, received, pick_static (demo, "gp|gp|gp|self-web|self-phone|self-kiosk|acute"), person->practice, referral->service,
         below (demo, 8) == 0 ? "urgent" : "routine", referral->reason, NULL);
  }
}

static void
shuffle (Demo *demo, GArray *numbers)
{
  for (guint i = numbers->len; i > 1; i--) {
    guint j = (guint) below (demo, (int) i), was = g_array_index (numbers, guint, i - 1);

    g_array_index (numbers, guint, i - 1) = g_array_index (numbers, guint, j);
    g_array_index (numbers, guint, j) = was;
  }
}

/* People who are hard to tell apart stand together in the queue, four others between one pair and the next. */
static void
make_queue (Demo *demo)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (guint)), others = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = 0, pair = 0, other = 0;

  for (guint i = 0; i < demo->referrals->len; i++) {
    const Referral *referral = g_ptr_array_index (demo->referrals, i);
    const Person *person = g_ptr_array_index (demo->people, referral->person);

    g_array_append_val (person->group >= 0 ? pairs : others, i);
  }
  shuffle (demo, others);
  demo->queue = g_new (guint, demo->referrals->len + 1);
  while (n < demo->referrals->len) {
    for (int i = 0; i < 2 && pair < pairs->len; i++)
      demo->queue[n++] = g_array_index (pairs, guint, pair++);
    for (int i = 0; i < 4 && other < others->len; i++)
      demo->queue[n++] = g_array_index (others, guint, other++);
  }
}

/* The next referral of somebody who has no appointment on this day yet, %NULL when there is nobody left. */
static const Referral *
take_next (Demo *demo)
{
  for (guint i = 0; i < demo->referrals->len; i++) {
    const Referral *referral = g_ptr_array_index (demo->referrals, demo->queue[demo->next++ % demo->referrals->len]);
    Person *person = g_ptr_array_index (demo->people, referral->person);

    if (person->away)
      continue;
    person->away = TRUE;
    return referral;
  }
  return NULL;
}

/* The clinician of a room on a day; nobody works in two rooms of a site. */
static const char *
clinician_of (Demo *demo, const char *site, guint room, int day)
{
  const char *found[8];
  guint n = 0;

  for (guint i = 0; i < demo->staff->len; i++) {
    char **one = g_ptr_array_index (demo->staff, i);

    if (g_str_equal (one[2], site) && (g_str_equal (one[1], "physiotherapist") || g_str_equal (one[1], "joint-pain-advisor") || g_str_equal (one[1], "first-contact-practitioner")) &&
        n < G_N_ELEMENTS (found))
      found[n++] = one[0];
  }
  return found[(room + (guint) (day + 10)) % n];
}

static void
write_appointment (Demo *demo, const Referral *referral, const char *site, const char *clinician, gint64 start, int minutes, const char *place, gboolean follow_up, gboolean cancelled)
{
  const Person *person = g_ptr_array_index (demo->people, referral->person);
  g_autofree char *number = g_strdup_printf ("A%07u", ++demo->count.appointments), *time = limber_time_to_iso (start), *length = g_strdup_printf ("%d", minutes);

  if (start >= demo->today && start < demo->tomorrow)
    demo->count.today++;
  row (demo, number, referral->number, person->number, site, clinician, time, length, place, follow_up ? "follow-up" : "new", referral->service, cancelled ? "cancelled" : "booked", NULL);
}

static gboolean
around_now (Demo *demo, gint64 start)
{
  return demo->plan->now >= demo->today && demo->plan->now < demo->tomorrow && start >= demo->plan->now - 180 * MINUTE && start < demo->plan->now + 300 * MINUTE;
}

/* One room's day. Rooms begin ten minutes apart, so that arrivals spread. */
static void
fill_room (Demo *demo, const LimberDemoSite *site, const char *place, guint room, int day, gint64 from, gint64 to, gboolean open)
{
  const char *clinician = clinician_of (demo, site->code, room, day);
  const Referral *again = NULL;

  for (gint64 start = from + room % 3 * 10 * MINUTE; start < to; start += SLOT) {
    int clock = limber_time_minutes (start);
    gboolean near = around_now (demo, start);
    const Referral *referral = again;

    if (!near && (!open || clock < 9 * 60 || clock >= 17 * 60 || below (demo, 100) < 15))
      continue;
    if (referral == NULL)
      referral = take_next (demo);
    if (referral == NULL)
      return;
    write_appointment (demo, referral, site->code, clinician, start, below (demo, 4) == 0 ? 20 : 30, place, again != NULL || below (demo, 3) > 0, again == NULL && below (demo, 100) < 4);
    again = again == NULL && demo->count.appointments % 30 == 0 ? referral : NULL;
  }
}

static void
fill_day (Demo *demo, int day)
{
  g_autofree char *date = limber_date_add_days (demo->plan->date, day);
  gint64 from, to;

  if (date == NULL || !limber_date_bounds (date, &from, &to))
    return;
  for (guint i = 0; i < demo->people->len; i++)
    ((Person *) g_ptr_array_index (demo->people, i))->away = FALSE;
  for (int s = 0; s < LIMBER_DEMO_SITES; s++) {
    const LimberDemoSite *site = &limber_demo_sites[s];
    g_auto (GStrv) places = g_strsplit (site->places, ";", -1);

    for (guint room = 0; places[room + 1] != NULL; room++)
      fill_room (demo, site, places[room], room, day, from, to, day == 0 || limber_date_weekday (date) <= 5);
  }
}

static void
write_appointments (Demo *demo)
{
  row (demo, "id", "referral", "patient", "site", "clinician", "start", "minutes", "place", "type", "service", "status", NULL);
  if (demo->referrals->len == 0)
    return;
  fill_day (demo, 0);
  for (int day = 1; day <= DAYS_AFTER; day++)
    fill_day (demo, day);
  for (int day = 1; day <= DAYS_BEFORE; day++)
    fill_day (demo, -day);
}

/* Up to ten people with that pain, from the queue's end: those at its start have appointments today. */
static char *
class_people (Demo *demo, const char *reason, guint *from)
{
  GString *people = g_string_new (NULL);

  for (guint n = 0; n < 10 && *from > demo->referrals->len / 2; (*from)--) {
    const Referral *referral = g_ptr_array_index (demo->referrals, demo->queue[*from - 1]);
    const Person *person = g_ptr_array_index (demo->people, referral->person);

    if (!g_str_equal (referral->reason, reason))
      continue;
    g_string_append_printf (people, "%s%s", n++ > 0 ? ";" : "", person->number);
  }
  return g_string_free (people, FALSE);
}

static void
write_classes (Demo *demo)
{
  guint from = demo->referrals->len;

  row (demo, "id", "programme", "site", "place", "first", "days", "time", "minutes", "sessions", "capacity", "facilitators", "participants", NULL);
  for (int i = 0; i < LIMBER_DEMO_SITES; i++) {
    const LimberDemoSite *site = &limber_demo_sites[i];
    gboolean back = i % 3 == 2;
    g_autofree char *number = g_strdup_printf ("C%03d", i + 1), *people = class_people (demo, back ? "low back pain" : "knee pain", &from);
    g_autofree char *first = limber_date_add_days (demo->plan->date, -7 * (i % 4) - (limber_date_weekday (demo->plan->date) - 1));

    if (*people == '\0')
      continue;
    demo->count.classes++;
    row (demo, number, back ? "escape-back" : "escape-knee-hip", site->code, strrchr (site->places, ';') + 1, first, i % 2 == 0 ? "Mon+Thu" : "Tue+Fri", i % 2 == 0 ? "10:00" : "14:00", "60", "12",
         "12", clinician_of (demo, site->code, 0, 0), people, NULL);
  }
}

static void
demo_clear (Demo *demo)
{
  g_rand_free (demo->rand);
  g_ptr_array_unref (demo->people);
  g_ptr_array_unref (demo->referrals);
  g_ptr_array_unref (demo->staff);
  g_free (demo->queue);
  g_string_free (demo->out, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Demo, demo_clear)

/**
 * limber_demo_write:
 * @dir: a folder, made when it is not there; lists of the same names in it are replaced
 * @plan: what county to make
 * @count: (out) (optional): what was made
 * @error: LIMBER_ERROR_USAGE for a plan that cannot be, or a file error
 *
 * Writes practices, sites, staff, patients, referrals, appointments and classes of an invented county.
 *
 * Returns: whether they were written
 */
gboolean
limber_demo_write (const char *dir, const LimberDemoPlan *plan, LimberDemoCount *count, GError **error)
{
  g_auto (Demo) demo = { plan, g_rand_new_with_seed (plan->seed), 0, 0, g_ptr_array_new_with_free_func (person_free), g_ptr_array_new_with_free_func (referral_free),
                         g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev), NULL, 0, 0, g_string_new (NULL), { 0 } };
  static const struct {
    const char *name;
    void (*write) (Demo *demo);
  } lists[] = { { "practices.csv", write_practices }, { "sites.csv", write_sites }, { "staff.csv", write_staff }, { "patients.csv", write_patients },
                { "referrals.csv", write_referrals }, { "appointments.csv", write_appointments }, { "classes.csv", write_classes } };

  if (plan->patients < 1 || plan->patients > LIMBER_DEMO_PATIENTS_MAXIMUM || !limber_date_bounds (plan->date, &demo.today, &demo.tomorrow)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_USAGE, _("A county has 1 to %d people and a date (YYYY-MM-DD)"), LIMBER_DEMO_PATIENTS_MAXIMUM);
    return FALSE;
  }
  if (g_mkdir_with_parents (dir, 0777) != 0) {
    limber_cause_set_errno (error, LIMBER_ERROR_REFUSED, errno, _("The folder %s cannot be made: %s"), dir, limber_cause_of_errno (errno));
    return FALSE;
  }
  demo.nhs = (guint) below (&demo, 1000000);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    lists[i].write (&demo);
    if (i == 4)
      make_queue (&demo);
    if (!save (&demo, dir, lists[i].name, error))
      return FALSE;
  }
  demo.count.patients = demo.people->len;
  demo.count.referrals = demo.referrals->len;
  if (count != NULL)
    *count = demo.count;
  return TRUE;
}
