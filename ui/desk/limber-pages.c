/* Which page is in sight the stack alone knows. A page that is left forgets what it showed. A page is made when it is first opened: a desk
 * that only looks at today's list has no part in what the others cost. Only the day's papers are there from the start, whose keys work anywhere. */
#include "limber-pages.h"

#include <string.h>

#include "limber-compare-page.h"
#include "limber-diary-page.h"
#include "limber-edit-page.h"
#include "limber-find-page.h"
#include "limber-glass-page.h"
#include "limber-help-page.h"
#include "limber-history-page.h"
#include "limber-lists-page.h"
#include "limber-paperwork.h"
#include "limber-person-page.h"
#include "limber-refer-page.h"
#include "limber-register-page.h"
#include "limber-rights.h"
#include "limber-setup-page.h"

struct _LimberPages {
  GtkWidget        parent_instance;
  LimberWork       work;   /* what is in it: (owned); no store: nobody is at work */
  GtkStack        *stack;
  LimberTodayPage *today;
  LimberPaperwork *papers;
};

enum {
  OPENED,
  CHANGED,
  SAID,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberPages, limber_pages, GTK_TYPE_WIDGET)

static const struct {
  const char *name;
  GType     (*type) (void);
} kinds[] = {
  { "person", limber_person_page_get_type }, { "edit", limber_edit_page_get_type },       { "history", limber_history_page_get_type }, { "refer", limber_refer_page_get_type },
  { "register", limber_register_page_get_type }, { "find", limber_find_page_get_type },   { "compare", limber_compare_page_get_type }, { "glass", limber_glass_page_get_type },
  { "diary", limber_diary_page_get_type },   { "tasks", limber_lists_page_get_type },     { "help", limber_help_page_get_type },       { "setup", limber_setup_page_get_type },
};

/* The next page after @page, or the first; %NULL after the last. */
static LimberDeskPage *
next_page (LimberPages *self, LimberDeskPage *page)
{
  GtkWidget *child = page != NULL ? gtk_widget_get_next_sibling (GTK_WIDGET (page)) : gtk_widget_get_first_child (GTK_WIDGET (self->stack));

  while (child != NULL && !LIMBER_IS_DESK_PAGE (child))
    child = gtk_widget_get_next_sibling (child);
  return (LimberDeskPage *) child;
}

/* %NULL for today's list, too. */
static LimberDeskPage *
page_in_sight (LimberPages *self)
{
  GtkWidget *shown = gtk_stack_get_visible_child (self->stack);

  return LIMBER_IS_DESK_PAGE (shown) ? LIMBER_DESK_PAGE (shown) : NULL;
}

/* Brings a page into sight and leaves the others. */
static void
show (LimberPages *self, GtkWidget *page)
{
  gtk_stack_set_visible_child (self->stack, page);
  for (LimberDeskPage *other = next_page (self, NULL); other != NULL; other = next_page (self, other))
    if (GTK_WIDGET (other) != page)
      LIMBER_DESK_PAGE_GET_IFACE (other)->close (other);
}

static void
changed (LimberPages *self)
{
  limber_today_page_show_earlier (self->today, limber_paperwork_get_earlier (self->papers));
  g_signal_emit (self, signals[CHANGED], 0);
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
clear_work (LimberPages *self)
{
  g_clear_object (&self->work.deeds);
  g_clear_object (&self->work.day);
  g_clear_object (&self->work.member);
  g_clear_object (&self->work.store);
}

static void
limber_pages_dispose (GObject *object)
{
  LimberPages *self = LIMBER_PAGES (object);

  if (self->stack != NULL) {
    limber_pages_stop (self);
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->stack)));
  }
  g_clear_object (&self->work.asker.object);
  g_clear_pointer (&self->work.site, g_free);
  g_clear_pointer (&self->work.sync, g_free);
  g_clear_pointer (&self->work.age, g_free);
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
  g_type_ensure (LIMBER_TYPE_PAPERWORK);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-pages.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberPages, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberPages, today);
  gtk_widget_class_bind_template_child (widget_class, LimberPages, papers);
  gtk_widget_class_bind_template_callback (widget_class, changed);
  gtk_widget_class_bind_template_callback (widget_class, today_clicked);
}

static void
listen (LimberPages *self, LimberDeskPage *page)
{
  g_signal_connect_object (page, "go", G_CALLBACK (limber_pages_open), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "said", G_CALLBACK (said), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
}

static void
limber_pages_init (LimberPages *self)
{
  self->work.site = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  for (LimberDeskPage *page = next_page (self, NULL); page != NULL; page = next_page (self, page))
    listen (self, page);
}

static void
start (LimberPages *self, LimberDeskPage *page)
{
  if (LIMBER_DESK_PAGE_GET_IFACE (page)->start != NULL)
    LIMBER_DESK_PAGE_GET_IFACE (page)->start (page, &self->work);
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
  self->work.store = g_object_ref (store);
  self->work.member = g_object_ref (member);
  self->work.day = g_object_ref (day);
  self->work.deeds = g_object_ref (deeds);
  for (LimberDeskPage *page = next_page (self, NULL); page != NULL; page = next_page (self, page))
    start (self, page);
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
  show (self, GTK_WIDGET (self->today));
  for (LimberDeskPage *page = next_page (self, NULL); page != NULL; page = next_page (self, page))
    if (LIMBER_DESK_PAGE_GET_IFACE (page)->stop != NULL)
      LIMBER_DESK_PAGE_GET_IFACE (page)->stop (page);
  limber_today_page_show_earlier (self->today, 0);
  limber_today_page_set_day (self->today, NULL);
  clear_work (self);
}

/**
 * limber_pages_tick:
 *
 * To be called now and then while there is work.
 */
void
limber_pages_tick (LimberPages *self)
{
  for (LimberDeskPage *page = next_page (self, NULL); page != NULL && self->work.store != NULL; page = next_page (self, page))
    if (LIMBER_DESK_PAGE_GET_IFACE (page)->tick != NULL)
      LIMBER_DESK_PAGE_GET_IFACE (page)->tick (page, &self->work);
}

/**
 * limber_pages_set_asker:
 * @asker: how central is asked for somebody who is not here
 */
void
limber_pages_set_asker (LimberPages *self, const LimberAsker *asker)
{
  GObject *before = self->work.asker.object;

  self->work.asker = *asker;
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
  g_free (self->work.site);
  self->work.site = g_strdup (name);
}

/**
 * limber_pages_set_sync:
 * @text: (nullable): how fresh everything is, as the screen says it
 * @age: (nullable): how old what is said of other sites is
 */
void
limber_pages_set_sync (LimberPages *self, const char *text, const char *age)
{
  g_free (self->work.sync);
  self->work.sync = g_strdup (text);
  g_free (self->work.age);
  self->work.age = g_strdup (age);
  limber_pages_tick (self);
}

/**
 * limber_pages_shows:
 * @name: a page's name
 *
 * Returns: whether it is in sight
 */
gboolean
limber_pages_shows (LimberPages *self, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

/**
 * limber_pages_get_work:
 *
 * Returns: (transfer none): what the pages work with
 */
const LimberWork *
limber_pages_get_work (LimberPages *self)
{
  return &self->work;
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
  LimberDeskPage *page = page_in_sight (self);

  if (self->work.day == NULL)
    return NULL;
  if (page == NULL)
    return limber_today_page_get_selected (self->today);
  return LIMBER_DESK_PAGE_GET_IFACE (page)->get_visit != NULL ? LIMBER_DESK_PAGE_GET_IFACE (page)->get_visit (page) : NULL;
}

/**
 * limber_pages_get_person:
 *
 * Returns: (transfer none) (nullable): whom the page in sight is about; of today's list, whose visit is selected
 */
const LimberId *
limber_pages_get_person (LimberPages *self)
{
  LimberDeskPage *page = page_in_sight (self);
  LimberVisit *visit = limber_pages_get_visit (self);

  if (page != NULL && LIMBER_DESK_PAGE_GET_IFACE (page)->get_person != NULL)
    return LIMBER_DESK_PAGE_GET_IFACE (page)->get_person (page);
  return visit != NULL ? limber_row_id (limber_visit_get_row (visit), "person") : NULL;
}

/* (nullable): today's list or a page beside it, which is made where it is opened for the first time. */
static GtkWidget *
find_page (LimberPages *self, const char *name)
{
  GtkWidget *child = gtk_stack_get_child_by_name (self->stack, name);

  for (gsize i = 0; child == NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name)) {
      child = g_object_new (kinds[i].type (), NULL);
      gtk_stack_add_named (self->stack, child, name);
      listen (self, LIMBER_DESK_PAGE (child));
      start (self, LIMBER_DESK_PAGE (child));
    }
  return child;
}

/**
 * limber_pages_open:
 * @name: a page's name; "today" goes back
 * @about: (nullable): whom or what it is to show, in the page's own words
 *
 * Brings a page into sight; nothing happens where it has nothing to show, or nobody is at work.
 */
void
limber_pages_open (LimberPages *self, const char *name, const char *about)
{
  g_autofree char *why = NULL;
  GtkWidget *child;

  if (self->work.store == NULL)
    return;
  if (!limber_rights_opens (&self->work, name, &why)) {
    said (self, LIMBER_UNDO_BAR_PROBLEM, why);
    return;
  }
  child = find_page (self, name);
  if (child == NULL)
    return;
  if (!LIMBER_IS_DESK_PAGE (child)) {
    limber_pages_back (self);
    return;
  }
  if (!LIMBER_DESK_PAGE_GET_IFACE (child)->open (LIMBER_DESK_PAGE (child), &self->work, about))
    return;
  limber_rights_opened (&self->work, name, about);
  show (self, child);
  g_signal_emit (self, signals[OPENED], 0);
}

/**
 * limber_pages_go:
 * @target: "PAGE" or "PAGE:ABOUT", as the action desk.go has it
 */
void
limber_pages_go (LimberPages *self, const char *target)
{
  const char *colon = strchr (target, ':');
  g_autofree char *name = colon != NULL ? g_strndup (target, (gsize) (colon - target)) : g_strdup (target);

  limber_pages_open (self, name, colon != NULL ? colon + 1 : NULL);
}

/**
 * limber_pages_back:
 *
 * Goes back to today's list.
 */
void
limber_pages_back (LimberPages *self)
{
  show (self, GTK_WIDGET (self->today));
  g_signal_emit (self, signals[CHANGED], 0);
}
