/* Which page is in sight the stack alone knows. A page that is left forgets what it showed. */
#include "limber-pages.h"

#include "limber-compare-page.h"
#include "limber-find-page.h"
#include "limber-paperwork.h"
#include "limber-person-page.h"

struct _LimberPages {
  GtkWidget          parent_instance;
  LimberStore       *store;  /* (owned) (nullable) */
  LimberStaffMember *member; /* (owned) (nullable) */
  LimberDay         *day;    /* (owned) (nullable) */
  LimberDeeds       *deeds;  /* (owned) (nullable) */
  LimberAsker        asker;  /* its object (owned) (nullable) */
  GtkStack          *stack;
  LimberTodayPage   *today;
  LimberPersonPage  *person;
  LimberFindPage    *find;
  LimberComparePage *compare;
  LimberPaperwork   *papers;
};

enum {
  OPENED,
  CHANGED,
  SAID,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberPages, limber_pages, GTK_TYPE_WIDGET)

static GtkWidget *
widget_of (LimberPages *self, LimberPage page)
{
  switch (page) {
  case LIMBER_PAGE_PERSON:
    return GTK_WIDGET (self->person);
  case LIMBER_PAGE_FIND:
    return GTK_WIDGET (self->find);
  case LIMBER_PAGE_COMPARE:
    return GTK_WIDGET (self->compare);
  case LIMBER_PAGE_PAPERS:
    return GTK_WIDGET (self->papers);
  default:
    return GTK_WIDGET (self->today);
  }
}

/* Brings a page into sight and leaves the others. */
static void
show (LimberPages *self, LimberPage page)
{
  gtk_stack_set_visible_child (self->stack, widget_of (self, page));
  if (page != LIMBER_PAGE_PERSON)
    limber_person_page_close (self->person);
  if (page != LIMBER_PAGE_FIND)
    limber_find_page_close (self->find);
  if (page != LIMBER_PAGE_COMPARE)
    limber_compare_page_close (self->compare);
  if (page != LIMBER_PAGE_PAPERS)
    limber_paperwork_close (self->papers);
}

static void
open_page (LimberPages *self, LimberPage page)
{
  show (self, page);
  g_signal_emit (self, signals[OPENED], 0);
}

static void
changed (LimberPages *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
show_earlier (LimberPages *self)
{
  limber_today_page_show_earlier (self->today, limber_paperwork_get_earlier (self->papers));
}

static void
papers_opened (LimberPages *self)
{
  open_page (self, LIMBER_PAGE_PAPERS);
}

static void
said (LimberPages *self, int kind, const char *text)
{
  g_signal_emit (self, signals[SAID], 0, kind, text);
}

static void
today_clicked (LimberPages *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.search", NULL);
}

static void
limber_pages_dispose (GObject *object)
{
  LimberPages *self = LIMBER_PAGES (object);

  if (self->stack != NULL) {
    limber_pages_stop (self);
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->stack)));
  }
  g_clear_object (&self->asker.object);
  G_OBJECT_CLASS (limber_pages_parent_class)->dispose (object);
}

static void
limber_pages_class_init (LimberPagesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_pages_dispose;
  signals[OPENED] = g_signal_new ("opened", LIMBER_TYPE_PAGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_PAGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SAID] = g_signal_new ("said", LIMBER_TYPE_PAGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
  g_type_ensure (LIMBER_TYPE_TODAY_PAGE);
  g_type_ensure (LIMBER_TYPE_PERSON_PAGE);
  g_type_ensure (LIMBER_TYPE_FIND_PAGE);
  g_type_ensure (LIMBER_TYPE_COMPARE_PAGE);
  g_type_ensure (LIMBER_TYPE_PAPERWORK);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-pages.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberPages, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberPages, today);
  gtk_widget_class_bind_template_child (widget_class, LimberPages, person);
  gtk_widget_class_bind_template_child (widget_class, LimberPages, find);
  gtk_widget_class_bind_template_child (widget_class, LimberPages, compare);
  gtk_widget_class_bind_template_child (widget_class, LimberPages, papers);
  gtk_widget_class_bind_template_callback (widget_class, changed);
  gtk_widget_class_bind_template_callback (widget_class, show_earlier);
  gtk_widget_class_bind_template_callback (widget_class, papers_opened);
  gtk_widget_class_bind_template_callback (widget_class, said);
  gtk_widget_class_bind_template_callback (widget_class, today_clicked);
  gtk_widget_class_bind_template_callback (widget_class, limber_pages_open_person);
}

static void
limber_pages_init (LimberPages *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * limber_pages_start:
 * @member: who is at work
 * @day: what today's list shows
 * @deeds: what is done, and taken back
 */
void
limber_pages_start (LimberPages *self, LimberStore *store, LimberStaffMember *member, LimberDay *day, LimberDeeds *deeds)
{
  self->store = g_object_ref (store);
  self->member = g_object_ref (member);
  self->day = g_object_ref (day);
  self->deeds = g_object_ref (deeds);
  limber_paperwork_start (self->papers, store, member, deeds);
  limber_today_page_set_day (self->today, day);
}

/**
 * limber_pages_stop:
 *
 * Ends work: nothing of it stays on any page, and today's list is in sight.
 */
void
limber_pages_stop (LimberPages *self)
{
  show (self, LIMBER_PAGE_TODAY);
  limber_paperwork_stop (self->papers);
  show_earlier (self);
  limber_today_page_set_day (self->today, NULL);
  g_clear_object (&self->deeds);
  g_clear_object (&self->day);
  g_clear_object (&self->member);
  g_clear_object (&self->store);
}

/**
 * limber_pages_tick:
 *
 * To be called now and then while there is work.
 */
void
limber_pages_tick (LimberPages *self)
{
  limber_paperwork_tick (self->papers);
}

/**
 * limber_pages_set_asker:
 * @asker: how central is asked for somebody who is not here
 */
void
limber_pages_set_asker (LimberPages *self, const LimberAsker *asker)
{
  GObject *before = self->asker.object;

  self->asker = *asker;
  if (asker->object != NULL)
    g_object_ref (asker->object);
  g_clear_object (&before);
}

/**
 * limber_pages_set_site:
 * @name: what the site is called
 */
void
limber_pages_set_site (LimberPages *self, const char *name)
{
  limber_paperwork_set_site (self->papers, name);
}

/**
 * limber_pages_set_sync:
 * @text: (nullable): how fresh everything is, as the screen says it
 */
void
limber_pages_set_sync (LimberPages *self, const char *text)
{
  limber_paperwork_set_sync (self->papers, text);
}

/**
 * limber_pages_get_page:
 *
 * Returns: which page is in sight
 */
LimberPage
limber_pages_get_page (LimberPages *self)
{
  GtkWidget *shown = gtk_stack_get_visible_child (self->stack);
  LimberPage page = LIMBER_PAGE_PAPERS;

  while (page > LIMBER_PAGE_TODAY && widget_of (self, page) != shown)
    page--;
  return page;
}

/**
 * limber_pages_get_today:
 *
 * Returns: (transfer none): today's list, in sight or not
 */
LimberTodayPage *
limber_pages_get_today (LimberPages *self)
{
  return self->today;
}

/**
 * limber_pages_get_visit:
 *
 * Returns: (transfer none) (nullable): the visit that the page in sight is about, to which deeds are done
 */
LimberVisit *
limber_pages_get_visit (LimberPages *self)
{
  if (self->day == NULL)
    return NULL;
  switch (limber_pages_get_page (self)) {
  case LIMBER_PAGE_TODAY:
    return limber_today_page_get_selected (self->today);
  case LIMBER_PAGE_PERSON:
    return limber_day_find_person (self->day, limber_person_page_get_patient (self->person));
  case LIMBER_PAGE_PAPERS:
    return limber_paperwork_get_visit (self->papers);
  default:
    return NULL; /* it is about none */
  }
}

/**
 * limber_pages_open_person:
 * @patient: whose page to open
 */
void
limber_pages_open_person (LimberPages *self, const LimberId *patient)
{
  LimberId id = *patient;

  limber_person_page_open (self->person, self->store, &id);
  open_page (self, LIMBER_PAGE_PERSON);
}

/**
 * limber_pages_open_find:
 * @text: what was typed already, which is not typed again
 *
 * Opens the page that asks central for somebody; where it is open, nothing happens.
 */
void
limber_pages_open_find (LimberPages *self, const char *text)
{
  if (self->store == NULL || limber_pages_get_page (self) == LIMBER_PAGE_FIND)
    return;
  limber_find_page_open (self->find, self->store, &self->asker, limber_staff_member_get_id (self->member), text);
  open_page (self, LIMBER_PAGE_FIND);
}

/**
 * limber_pages_open_compare:
 * @task: one that asks whether two records are one person; nothing happens when it is not open any more
 */
void
limber_pages_open_compare (LimberPages *self, const LimberId *task)
{
  LimberTaskItem *item = self->day != NULL ? limber_day_find_task (self->day, task) : NULL;

  if (item == NULL)
    return;
  limber_compare_page_open (self->compare, self->store, self->deeds, item);
  open_page (self, LIMBER_PAGE_COMPARE);
}

/**
 * limber_pages_back:
 *
 * Goes back to today's list.
 */
void
limber_pages_back (LimberPages *self)
{
  show (self, LIMBER_PAGE_TODAY);
  changed (self);
}
