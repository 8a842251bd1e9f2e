module.exports = {
  title: 'Boat museum',
  url: 'https://boatmuseum.example',
  baseUrl: '/',
  onBrokenLinks: 'ignore',
  markdown: {format: 'detect'},
  presets: [['classic', {docs: {routeBasePath: '/', sidebarPath: undefined}, blog: false}]],
};
