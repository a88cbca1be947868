/* Invariant: each page here has an owner, and no two the same one. */
#include "limber-shifts.h"

#include "limber-date.h"
#include "limber-live-query.h"

/* One person's. */
typedef struct {
  LimberShifts    *shifts; /* (unowned) */
  LimberWorkPage  *page;   /* (owned) */
  LimberStore     *store;  /* (owned) */
  LimberId         staff;
  LimberLiveQuery *still;  /* (owned): a row while she may be here */
  char             day[LIMBER_DATE_LENGTH + 1]; /* for which that is asked */
} Shift;

struct _LimberShifts {
  GObject          parent_instance;
  GPtrArray       *shifts; /* (owned): Shift */
  LimberAsker      asker;  /* its object (owned) (nullable) */
  char            *site;   /* (owned) */
  LimberSyncFacts  facts;  /* the last; its texts (owned) */
  gint64           facts_at; /* 0: there are none yet */
};

enum {
  OVER,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberShifts, limber_shifts, G_TYPE_OBJECT)

static void look (Shift *shift);

static void
shift_free (gpointer data)
{
  Shift *shift = data;

  g_signal_handlers_disconnect_by_func (shift->still, look, shift);
  limber_work_page_stop (shift->page);
  g_clear_object (&shift->still);
  g_clear_object (&shift->page);
  g_clear_object (&shift->store);
  g_free (shift);
}

/* Whether she has left; and, because that may have changed as well, what she may do. */
static void
look (Shift *shift)
{
  LimberShifts *self = shift->shifts;
  LimberWorkPage *page = shift->page;

  if (!limber_live_query_is_loaded (shift->still))
    return;
  if (g_list_model_get_n_items (G_LIST_MODEL (shift->still)) > 0) {
    limber_staff_member_stand (limber_work_page_get_member (page), shift->store);
    return;
  }
  g_object_ref (self);
  g_object_ref (page);
  g_signal_emit (self, signals[OVER], 0, page);
  limber_shifts_end (self, page);
  g_object_unref (page);
  g_object_unref (self);
}

static Shift *
find (LimberShifts *self, const LimberId *staff)
{
  for (guint i = 0; i < self->shifts->len; i++) {
    Shift *shift = g_ptr_array_index (self->shifts, i);

    if (limber_id_equal (&shift->staff, staff))
      return shift;
  }
  return NULL;
}

static Shift *
add (LimberShifts *self, LimberStore *store, LimberStaffMember *member)
{
  Shift *shift = g_new0 (Shift, 1);

  shift->shifts = self;
  shift->store = g_object_ref (store);
  shift->staff = *limber_staff_member_get_id (member);
  shift->page = g_object_ref_sink (g_object_new (LIMBER_TYPE_WORK_PAGE, NULL));
  limber_date_of_time (limber_env_now (limber_store_env (store)), shift->day);
  shift->still = limber_live_query_new (store, "staff-still", "dt", &shift->staff, shift->day);
  g_signal_connect_swapped (shift->still, "items-changed", G_CALLBACK (look), shift);
  g_signal_connect_swapped (shift->still, "notify::loaded", G_CALLBACK (look), shift);
  limber_work_page_set_asker (shift->page, &self->asker);
  limber_work_page_set_site (shift->page, self->site);
  if (self->facts_at != 0)
    limber_work_page_show_sync (shift->page, &self->facts, self->facts_at);
  g_ptr_array_add (self->shifts, shift);
  return shift;
}

static void
clear_facts (LimberShifts *self)
{
  g_free ((char *) self->facts.peer);
  g_free ((char *) self->facts.error);
  g_free ((char *) self->facts.cause);
  if (self->facts.waiting != NULL)
    g_array_unref ((GArray *) self->facts.waiting);
}

static void
limber_shifts_finalize (GObject *object)
{
  LimberShifts *self = LIMBER_SHIFTS (object);

  g_ptr_array_unref (self->shifts);
  g_clear_object (&self->asker.object);
  clear_facts (self);
  g_free (self->site);
  G_OBJECT_CLASS (limber_shifts_parent_class)->finalize (object);
}

static void
limber_shifts_class_init (LimberShiftsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = limber_shifts_finalize;
  signals[OVER] = g_signal_new ("over", LIMBER_TYPE_SHIFTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIMBER_TYPE_WORK_PAGE);
}

static void
limber_shifts_init (LimberShifts *self)
{
  self->shifts = g_ptr_array_new_with_free_func (shift_free);
  self->site = g_strdup ("");
}

LimberShifts *
limber_shifts_new (void)
{
  return g_object_new (LIMBER_TYPE_SHIFTS, NULL);
}

/**
 * limber_shifts_begin:
 * @member: who has signed in
 *
 * Begins somebody's work, or goes on with it as she left it.
 *
 * Returns: (transfer none): it
 */
LimberWorkPage *
limber_shifts_begin (LimberShifts *self, LimberStore *store, LimberStaffMember *member)
{
  Shift *shift = find (self, limber_staff_member_get_id (member));

  LimberStaffMember *owner = shift != NULL ? limber_work_page_get_member (shift->page) : member;

  if (shift == NULL)
    shift = add (self, store, member);
  limber_staff_member_stand (owner, store);
  limber_work_page_start (shift->page, store, owner);
  return shift->page;
}

/**
 * limber_shifts_end:
 *
 * Ends somebody's work: nothing of it stays.
 */
void
limber_shifts_end (LimberShifts *self, LimberWorkPage *page)
{
  for (guint i = 0; i < self->shifts->len; i++)
    if (((Shift *) g_ptr_array_index (self->shifts, i))->page == page) {
      g_ptr_array_remove_index (self->shifts, i);
      return;
    }
}

void
limber_shifts_end_all (LimberShifts *self)
{
  g_ptr_array_set_size (self->shifts, 0);
}

/**
 * limber_shifts_check:
 *
 * To be called now and then: somebody's last day may be over, or her glass whole again.
 */
void
limber_shifts_check (LimberShifts *self)
{
  for (guint i = self->shifts->len; i > 0; i--) { /* one that is over goes from the list */
    Shift *shift = g_ptr_array_index (self->shifts, i - 1);
    LimberStaffMember *member = limber_work_page_get_member (shift->page);
    gint64 now = limber_env_now (limber_store_env (shift->store)), glass = limber_staff_member_get_glass (member);
    char today[LIMBER_DATE_LENGTH + 1];

    limber_date_of_time (now, today);
    if (glass != 0 && glass <= now)
      limber_staff_member_stand (member, shift->store);
    if (g_strcmp0 (today, shift->day) == 0)
      continue;
    g_strlcpy (shift->day, today, sizeof shift->day);
    limber_live_query_set_values (shift->still, "dt", &shift->staff, shift->day);
  }
}

/**
 * limber_shifts_has:
 *
 * Returns: whether somebody has work open here
 */
gboolean
limber_shifts_has (LimberShifts *self, const LimberId *staff)
{
  return find (self, staff) != NULL;
}

guint
limber_shifts_count (LimberShifts *self)
{
  return self->shifts->len;
}

/**
 * limber_shifts_set_asker:
 * @asker: how central is asked for somebody who is not here
 */
void
limber_shifts_set_asker (LimberShifts *self, const LimberAsker *asker)
{
  GObject *before = self->asker.object;

  self->asker = *asker;
  if (asker->object != NULL)
    g_object_ref (asker->object);
  g_clear_object (&before);
  for (guint i = 0; i < self->shifts->len; i++)
    limber_work_page_set_asker (((Shift *) g_ptr_array_index (self->shifts, i))->page, asker);
}

/**
 * limber_shifts_set_site:
 * @name: what the site is called
 */
void
limber_shifts_set_site (LimberShifts *self, const char *name)
{
  g_free (self->site);
  self->site = g_strdup (name);
  for (guint i = 0; i < self->shifts->len; i++)
    limber_work_page_set_site (((Shift *) g_ptr_array_index (self->shifts, i))->page, name);
}

/**
 * limber_shifts_show_sync:
 * @facts: what is known of sync
 * @now: milliseconds UTC
 */
void
limber_shifts_show_sync (LimberShifts *self, const LimberSyncFacts *facts, gint64 now)
{
  clear_facts (self);
  self->facts = *facts;
  self->facts.peer = g_strdup (facts->peer);
  self->facts.error = g_strdup (facts->error);
  self->facts.cause = g_strdup (facts->cause);
  self->facts.waiting = facts->waiting != NULL ? g_array_ref ((GArray *) facts->waiting) : NULL;
  self->facts_at = now;
  for (guint i = 0; i < self->shifts->len; i++)
    limber_work_page_show_sync (((Shift *) g_ptr_array_index (self->shifts, i))->page, facts, now);
}
